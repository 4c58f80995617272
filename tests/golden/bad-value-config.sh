site
cat > candor.yaml <<-'END'
company: Brook
title: ""
url: open.brook.example
contact: open@brook.example
language: english please
publish: exchanged
contributors:
  - {name: Ada Rask, accounts: {forum: [u1, u2]}, consent: 2026-02-30}
  - {name: Bo Lind, accounts: {forum: u3}, consent: 2026-02-01, until: 2025-02-01}
  - {name: "\u674e", accounts: {forum: u4}, consent: 2026-02-01}
END
run check
