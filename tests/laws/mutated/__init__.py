"""Sound files, damaged in every way that chance finds: each is read, or refused with one of our errors."""
