"""Figures of a run, drawn with matplotlib, with Chinese glyphs from a dependency."""
