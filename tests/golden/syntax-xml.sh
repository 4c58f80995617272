mkdir dump
cat > dump/Posts.xml <<-'END'
<?xml version="1.0" encoding="utf-8"?>
<posts>
  <row Id="1" PostTypeId="1" CreationDate="2012-01-01T00:00:00.000" Score="1" Body="&lt;p&gt;x&lt;/p&gt;" Title="T" />
  <row Id="2" PostTypeId="2" ParentId="1" CreationDate="2012-01-01T00:00:00.000" Score="1" Body="&lt;p&gt;x />
</posts>
END
run import stackexchange dump --venue dyi --url https://diy.stackexchange.com --archive archive.db
ls
