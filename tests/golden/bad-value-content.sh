site
mkdir content
printf -- '---\ntitle: Ours\n---\nOurs.\n' > 'content/About Us.md'
printf 'No front matter.\n' > content/more.md
printf -- '---\ntitel: Jobs\n---\nJobs.\n' > content/jobs.md
run check
