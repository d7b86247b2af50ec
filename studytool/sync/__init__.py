"""Sync of one learner's devices through a folder that another program carries about."""
