"""Archive, public store and inbox in an S3 store."""
