"""What planners read: answers in words, tables, figures, documents."""
