"""妙手ERP (facts/miaoshou.md, product 1), as far as return addresses need it."""
