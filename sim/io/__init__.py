"""Planners' files in: folders, tables, YAML, roads and recorded hazards; every problem said."""
