# Strangers can write that much, so that it fails nothing.
site
mkdir content
{ printf -- '---\ntitle: Noise\n---\n\n'; noise 1750; } > content/noise.md
run check --strict
cp content/noise.md content/racket.md
run check
