"""The store's merchant backend: its rules, its XHRs and its pages."""
