"""All sentences and labels planners read, in Chinese and English; the code knows only keys."""
