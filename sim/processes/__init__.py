"""The SimPy processes of a run: each file one part of the plan, begun by ``begin(run)``."""
