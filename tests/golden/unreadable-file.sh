# Without the right to read.  Root may read all, so somebody else has to try.
site
chmod 755 .
chmod 600 rules.yaml
as_nobody check
chmod 644 rules.yaml
chmod 600 archive.db
as_nobody check
