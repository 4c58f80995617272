# candor: GNU make, no configure.
#
#   make                 build/candor
#   make site            the demo site in build/site/
#   make test            the whole proof
#   make bench           measurements
#   make bench-evidence  FILE=labelled.jsonl: how well admissions are found
#   make bench-live      SITE=folder: how long a preview takes from a rule to its page
#   make faults          each call failing, for each way to it
#   make fuzz            SECONDS=60 for each parser, TARGET='yaml url' for some
#   make screenshots     the pictures in README
#   make install         PREFIX, DESTDIR
#   make deb             Debian packages in build/deb/
#
# VARIANT=release|asan|coverage|fuzz builds beside each other in build/VARIANT.

VARIANT ?= release
PREFIX ?= /usr/local
BINDIR = $(PREFIX)/bin
DATADIR = $(PREFIX)/share/candor
MANDIR = $(PREFIX)/share/man
BASHDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR ?= $(PREFIX)/share/zsh/site-functions
FISHDIR ?= $(PREFIX)/share/fish/vendor_completions.d
INSTALL ?= install

CC = gcc
PKGS = libcmark jansson libmicrohttpd libpcre2-8 libxml-2.0 libzstd nettle sqlite3 yaml-0.1 zlib
WARNINGS = -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion \
	-Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2
# Developers: make DEVELOPER=1
WARNINGS += $(if $(DEVELOPER),-Werror)
CFLAGS ?= -O2 -g
HARDEN = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
HARDEN_LINK = -pie -Wl,-z,relro,-z,now

ifeq ($(VARIANT),asan)
CFLAGS = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
LDFLAGS += -fsanitize=address,undefined
HARDEN =
HARDEN_LINK =
else ifeq ($(VARIANT),coverage)
CFLAGS = -O0 -g --coverage
LDFLAGS += --coverage
HARDEN =
else ifeq ($(VARIANT),fuzz)
CC = clang
CFLAGS = -O1 -g -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=all -fno-omit-frame-pointer
LDFLAGS += -fsanitize=address,undefined
HARDEN =
HARDEN_LINK =
else ifneq ($(VARIANT),release)
$(error VARIANT is release, asan, coverage or fuzz, not '$(VARIANT)')
endif

VERSION := 0.1.0
DEFINES = -D_GNU_SOURCE -DCANDOR_VERSION='"$(VERSION)"'
# Without it all but mail is read.  It is loaded when it is needed, not linked.
GMIME := $(shell pkg-config --exists gmime-3.0 2>/dev/null && echo gmime-3.0)
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null)
ALL_CFLAGS = -std=gnu11 $(CFLAGS) $(WARNINGS) $(HARDEN) -pthread -Iinclude \
	$(DEFINES) $(PKG_CFLAGS)

# make V=1 shows the commands.
Q = $(if $(V),,@)
say = $(if $(V),,@printf '  %-4s %s\n' $(1) $@)

B = build/$(VARIANT)
SRCS := $(wildcard src/*/*.c)
EMBEDDED := $(B)/cmd/pages.o $(B)/cmd/completion_bash.o \
	$(B)/cmd/completion_zsh.o $(B)/cmd/completion_fish.o \
	$(B)/cmd/init_candor.o $(B)/cmd/init_rules.o $(B)/cmd/init_people.o \
	$(B)/cmd/init_example.o $(B)/evidence/builtin.o $(B)/preview/review_css.o \
	$(B)/preview/review_js.o $(B)/preview/review_svg.o \
	$(B)/preview/preview_css.o $(B)/preview/preview_js.o
OBJS := $(SRCS:src/%.c=$(B)/%.o) $(EMBEDDED)
LIB = $(B)/libcandor.a
UNIT_SRCS := $(wildcard tests/unit/*.c)
UNITS := $(UNIT_SRCS:tests/unit/%.c=$(B)/unit/%)
PROGRAM = $(if $(filter release,$(VARIANT)),build/candor,$(B)/candor)
COMPLETIONS = $(addprefix $(B)/completion/,bash zsh fish)
# What writes them: for another processor, name a candor that runs on this one.
CANDOR = $(PROGRAM)

.PHONY: all
all: $(PROGRAM) $(COMPLETIONS)
ifeq ($(PKG_LIBS),)
	$(error libraries are missing: '.ci/packages build' installs them or says which)
endif

$(PROGRAM): $(B)/main.o $(LIB)
	@mkdir -p $(@D)
	$(call say,LD)
	$(Q)$(CC) $(LDFLAGS) $(HARDEN_LINK) -pthread -o $@ $^ $(PKG_LIBS) $(LDLIBS)

$(COMPLETIONS): $(PROGRAM)
	@mkdir -p $(@D)
	@$(CANDOR) completion $(@F) > $@.new && mv $@.new $@

$(LIB): $(OBJS) $(B)/members
	@rm -f $@
	$(call say,AR)
	$(Q)$(AR) rcs $@ $(OBJS)

# A source that is gone leaves the library, too.
$(B)/members: FORCE
	@mkdir -p $(@D)
	@echo '$(OBJS)' | cmp -s - $@ || echo '$(OBJS)' > $@

$(B)/%.o: src/%.c $(B)/flags
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# What the program holds byte for byte, as sources: it needs no installation.  The header
# that declares them, and the name.
embed = @mkdir -p $(@D); { echo '\#include "$(1)"'; \
	echo 'const unsigned char $(2)[] = {'; \
	od -An -v -tx1 $< | sed 's/ *\(..\)/0x\1,/g'; \
	echo '};'; echo 'const size_t $(2)_n = sizeof($(2));'; } > $@

# Every page of the manual, for candor help.
$(B)/cmd/pages.mdoc: $(wildcard man/*.[1-9])
	@mkdir -p $(@D)
	@cat $^ > $@

$(B)/cmd/pages.c: $(B)/cmd/pages.mdoc
	$(call embed,cmd/pages.h,manual_pages)

$(B)/cmd/completion_%.c: src/cmd/completion.%
	$(call embed,cmd/completion.h,completion_$*)

$(B)/evidence/builtin.c: src/evidence/patterns.yaml
	$(call embed,evidence/builtin.h,builtin_patterns)

$(B)/preview/review_%.c: src/preview/review.%
	$(call embed,preview/review.h,review_$*)

$(B)/preview/preview_%.c: src/preview/preview.%
	$(call embed,preview/page.h,preview_$*)

$(B)/cmd/init_example.c: src/cmd/init-example.jsonl
	$(call embed,cmd/init-texts.h,init_example)

$(B)/cmd/init_%.c: src/cmd/init-%.yaml
	$(call embed,cmd/init-texts.h,init_$*)

$(EMBEDDED): $(B)/%.o: $(B)/%.c $(B)/flags
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) -Isrc -MMD -MP -c -o $@ $<

# Only the search for themes depends on where things are installed.
$(B)/render/theme.o: DEFINES += -DCANDOR_DATADIR='"$(DATADIR)"'
$(B)/render/theme.o: $(B)/datadir

$(B)/datadir: FORCE
	@mkdir -p $(@D)
	@echo '$(DATADIR)' | cmp -s - $@ || echo '$(DATADIR)' > $@

ifneq ($(GMIME),)
GMIME_CFLAGS := $(shell pkg-config --cflags $(GMIME))
endif
$(B)/import/mime.o: DEFINES += $(if $(GMIME),-DHAVE_GMIME $(GMIME_CFLAGS))
$(B)/import/mime.o: $(B)/gmime

$(B)/gmime: FORCE
	@mkdir -p $(@D)
	@echo '$(GMIME)' | cmp -s - $@ || echo '$(GMIME)' > $@

# Changed flags rebuild everything; equal ones nothing.
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(subst ','\'',$(ALL_CFLAGS) $(LDFLAGS))' | cmp -s - $@ || \
		echo '$(CC) $(subst ','\'',$(ALL_CFLAGS) $(LDFLAGS))' > $@

$(B)/unit/%: tests/unit/%.c $(LIB)
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) -Wno-missing-prototypes -Itests/unit -MMD -MP \
		$(LDFLAGS) -o $@ $< $(LIB) $(PKG_LIBS) -lcmocka $(LDLIBS)

# The reference that ranks are compared with; the program itself needs no libm.
$(B)/unit/select-rank: LDLIBS += -lm

.PHONY: units
units: $(UNITS)

# --- the demo site -------------------------------------------------------

DEMO = content
DEMO_NOW = 2026-11-20T12:00:00Z

.PHONY: site
site:
	@.ci/packages build
	@$(MAKE) --no-print-directory -j$$(nproc) all
	@$(MAKE) --no-print-directory demo
	@echo "The demo site is in build/site/: open build/site/index.html in a browser."
	@echo "The demo shop, with conversations beside its products: build/shop/index.html"

# The site stands beside the shop here, not at its address.
.PHONY: demo
demo: build/demo.db
	@build/candor build -q -C $(DEMO) --archive ../build/demo.db --output ../build/site \
		--now $(DEMO_NOW)
	@rm -rf build/shop
	@cp -R $(DEMO)/shop build/shop
	@build/candor place -q --output build/site --now $(DEMO_NOW) build/shop
	@sed -i 's|https://open.wrenholt.example/|../site/|g' build/shop/*.html

# A new archive beside the old one, so that a failed import leaves nothing.
build/demo.db: $(DEMO)/archive.jsonl $(PROGRAM)
	@rm -f $@.new
	@build/candor import -q jsonl $< --archive $@.new
	@mv -f $@.new $@

# --- fuzzers -------------------------------------------------------------

FUZZERS := $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,\
	$(filter-out %/replay.c,$(wildcard tests/fuzz/*.c)))
# Who calls the targets: libFuzzer, or a main that plays the corpus back.
FUZZ_MAIN = $(if $(filter fuzz,$(VARIANT)),-fsanitize=fuzzer,$(B)/fuzz/replay.o)

$(B)/fuzz/%: tests/fuzz/%.c $(B)/fuzz/replay.o $(LIB)
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(FUZZ_MAIN) $(LIB) \
		$(PKG_LIBS) $(LDLIBS)

$(B)/fuzz/replay.o: tests/fuzz/replay.c $(B)/flags
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

.PHONY: fuzzers fuzz
fuzzers: $(FUZZERS)

SECONDS = 60
TARGET = $(notdir $(FUZZERS))
fuzz:
	@.ci/packages fuzz
	@$(MAKE) --no-print-directory -j$$(nproc) VARIANT=fuzz fuzzers
	@tests/fuzz/run $(SECONDS) $(TARGET)

# --- faults --------------------------------------------------------------

# Of the real program, so there is one of them for all variants.
FAULTS := $(patsubst tests/fault/%.c,build/fault/%,\
	$(filter-out %/inject.c %/site.c,$(wildcard tests/fault/*.c)))

build/fault/%: tests/fault/%.c tests/fault/site.c tests/fault/site.h $(LIB)
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) -Wno-missing-prototypes -Itests/fault $(LDFLAGS) -o $@ \
		$< tests/fault/site.c $(LIB) $(PKG_LIBS) -lcmocka $(LDLIBS)

# Not fortified: those checks are calls of their own.
build/fault/inject.so: tests/fault/inject.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) -std=gnu11 -O2 -g $(WARNINGS) -Wno-missing-prototypes -D_GNU_SOURCE -fPIC \
		-shared -o $@ $<

.PHONY: fault-tests faults
fault-tests: $(FAULTS) build/fault/inject.so

# Every one, for an hour; make test tries a sample.
faults: all fault-tests
	@FAULTS=all tests/run $(FAULTS)

# --- tests ---------------------------------------------------------------

TESTS = $(filter-out %/lib.sh,$(wildcard tests/cmd/*.sh tests/browser/*.sh))

.PHONY: test
test:
	@.ci/packages test
	@$(MAKE) --no-print-directory -j$$(nproc) all units build/demo.db fault-tests
	@$(MAKE) --no-print-directory -j$$(nproc) VARIANT=asan all units fuzzers
	@tests/run tests/lint $(UNITS) $(UNITS:build/release/%=build/asan/%) \
		$(FUZZERS:build/release/%=build/asan/%) $(FAULTS) $(TESTS)

# Of the demo, into the folder that README shows; committed when the design changed.
.PHONY: screenshots
screenshots:
	@.ci/packages pictures
	@$(MAKE) --no-print-directory -j$$(nproc) all
	@$(MAKE) --no-print-directory demo
	@tests/browser/screenshots $(DEMO)/screenshots

.PHONY: lint
lint:
	@tests/lint

.PHONY: bench bench-evidence bench-live
bench: all
	@tests/bench/run

$(B)/bench/%: tests/bench/%.c $(LIB)
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(LIB) $(PKG_LIBS) $(LDLIBS)

# FILE: labelled messages, see tests/bench/evidence.c; without one, those beside it.
bench-evidence: $(B)/bench/evidence
	@$< $(or $(FILE),tests/bench/messages.jsonl)

# SITE: a folder with candor.yaml and an archive; else the demo's.
bench-live: $(B)/bench/live build/demo.db
	@$< $(or $(SITE),$(DEMO)) $(CURDIR)/themes/default $(if $(SITE),,../build/demo.db)

# --- installing ----------------------------------------------------------

MAN1 = $(wildcard man/*.1)
MAN5 = $(wildcard man/*.5)
MAN7 = $(wildcard man/*.7)
SYSTEMD = $(wildcard .ci/systemd/*)
SYSTEMDDIR = $(PREFIX)/lib/systemd/system
THEME_FILES = $(shell find themes -type f)

.PHONY: install
install: all
	$(INSTALL) -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man1 \
		$(DESTDIR)$(MANDIR)/man5 $(DESTDIR)$(MANDIR)/man7
	$(INSTALL) -m 755 build/candor $(DESTDIR)$(BINDIR)/candor
	$(INSTALL) -m 644 $(MAN1) $(DESTDIR)$(MANDIR)/man1
	$(INSTALL) -m 644 $(MAN5) $(DESTDIR)$(MANDIR)/man5
	$(INSTALL) -m 644 $(MAN7) $(DESTDIR)$(MANDIR)/man7
	$(INSTALL) -D -m 644 -t $(DESTDIR)$(DATADIR) man/honesty.schema.json \
		src/evidence/patterns.yaml
	$(INSTALL) -D -m 644 -t $(DESTDIR)$(DATADIR)/examples .ci/examples/*.yml
	$(INSTALL) -d $(DESTDIR)$(SYSTEMDDIR)
	for f in $(notdir $(SYSTEMD)); do \
		sed 's|@BINDIR@|$(BINDIR)|' ".ci/systemd/$$f" > "$(DESTDIR)$(SYSTEMDDIR)/$$f" && \
		chmod 644 "$(DESTDIR)$(SYSTEMDDIR)/$$f" || exit 1; done
	$(INSTALL) -D -m 644 $(B)/completion/bash $(DESTDIR)$(BASHDIR)/candor
	$(INSTALL) -D -m 644 $(B)/completion/zsh $(DESTDIR)$(ZSHDIR)/_candor
	$(INSTALL) -D -m 644 $(B)/completion/fish $(DESTDIR)$(FISHDIR)/candor.fish
	for f in $(THEME_FILES); do \
		$(INSTALL) -D -m 644 "$$f" "$(DESTDIR)$(DATADIR)/$$f" || exit 1; done

.PHONY: uninstall
uninstall:
	rm -f $(DESTDIR)$(BINDIR)/candor $(addprefix $(DESTDIR)$(MANDIR)/,\
		$(MAN1:man/%=man1/%) $(MAN5:man/%=man5/%) $(MAN7:man/%=man7/%)) \
		$(addprefix $(DESTDIR)$(SYSTEMDDIR)/,$(notdir $(SYSTEMD))) \
		$(DESTDIR)$(BASHDIR)/candor $(DESTDIR)$(ZSHDIR)/_candor \
		$(DESTDIR)$(FISHDIR)/candor.fish
	rm -rf $(DESTDIR)$(DATADIR)

# --- packages ------------------------------------------------------------

# From a copy of what is needed, which becomes the source package, too.
PACKAGED = .ci LICENSE Makefile README.md HACKING.md content include man src tests themes
DEB = build/deb/candor-$(VERSION)

.PHONY: deb
deb:
	@rm -rf build/deb
	@mkdir -p $(DEB)
	@cp -R $(PACKAGED) $(DEB)
	@cp -R .ci/debian $(DEB)/debian
	@cd $(DEB) && env -u MAKEFLAGS -u MAKELEVEL dpkg-buildpackage -us -uc $(DEBFLAGS)

.PHONY: clean FORCE
clean:
	rm -rf build

-include $(OBJS:.o=.d) $(UNITS:=.d) $(FUZZERS:=.d) $(B)/main.d
