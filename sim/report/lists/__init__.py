"""The working lists that townships take home: pure functions from a night to tables."""
