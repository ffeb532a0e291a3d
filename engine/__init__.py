"""How a run is carried out: run, ensure, ledger, evidence, session."""
