"""The practice ERP: products of all shops, return addresses, and what ties them together."""
