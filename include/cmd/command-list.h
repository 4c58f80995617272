/* Every command, in the order in which help lists them. */
COMMAND(import)
COMMAND(label)
COMMAND(check)
COMMAND(build)
COMMAND(explain)
COMMAND(export)
COMMAND(render)
COMMAND(help)
