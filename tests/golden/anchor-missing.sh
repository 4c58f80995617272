# On the page itself and on another one.  The top of a page needs no id.
site
mkdir content
cat > content/team.md <<'END'
---
title: The team
---

<h2 id="ada">Ada</h2>

[Up](#), [up](#top), [Ada](#ada), [Bo](#bo), [home](../#content), [the talk](../about/#talk).
END
run check
