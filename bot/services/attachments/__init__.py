"""Files that residents and operators send: taken in, looked at, cleaned, kept and removed."""
