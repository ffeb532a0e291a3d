"""The practice twin: a stand-in store with its own database. Uses none of our code."""
