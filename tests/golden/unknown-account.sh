site
sed -i 's/forum: u1/forum: [u1, ada]/' candor.yaml
run check
run check --strict
# Who begins next year has written nothing yet.
sed -i 's/\[u1, ada\]/u1/' candor.yaml
sed -i '/Ada Rask/a\  - {name: Bo Lind, accounts: {forum: u2}, active: {from: 2027-01-01}}' candor.yaml
run check --strict --now 2026-11-20
