"""What planners write: frozen models of scenario, plan, tables and uncertain numbers."""
