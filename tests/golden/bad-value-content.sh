site
mkdir content
printf -- '---\ntitle: Ours\n---\nOurs.\n' > 'content/About Us.md'
printf -- '---\ntitle: First\nmenu: 0\n---\nOurs.\n' > content/first.md
printf -- '---\ntitle: Last\nmenu: last\n---\nOurs.\n' > content/last.md
printf -- '---\ntitle: Open\nOurs.\n' > content/open.md
printf 'No front matter.\n' > content/more.md
printf -- '---\ntitel: Jobs\n---\nJobs.\n' > content/jobs.md
run check
