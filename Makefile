# candor: GNU make, no configure.
#
#   make                 build/candor
#   make site            the demo site in build/site/
#   make test            the whole proof
#   make bench           measurements
#   make install         PREFIX, DESTDIR
#
# VARIANT=release|asan|coverage|fuzz builds beside each other in build/VARIANT.

VARIANT ?= release
PREFIX ?= /usr/local
BINDIR = $(PREFIX)/bin
DATADIR = $(PREFIX)/share/candor
MANDIR = $(PREFIX)/share/man
INSTALL ?= install

CC = gcc
PKGS = cmark jansson libpcre2-8 libxml-2.0 nettle sqlite3 yaml-0.1
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
DEFINES = -D_GNU_SOURCE -DCANDOR_VERSION='"$(VERSION)"' \
	-DCANDOR_DATADIR='"$(DATADIR)"'
PKG_CFLAGS = $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS = $(shell pkg-config --libs $(PKGS) 2>/dev/null)
ALL_CFLAGS = -std=gnu11 $(CFLAGS) $(WARNINGS) $(HARDEN) -pthread -Iinclude \
	$(DEFINES) $(PKG_CFLAGS)

B = build/$(VARIANT)
SRCS := $(wildcard src/*/*.c)
OBJS := $(SRCS:src/%.c=$(B)/%.o)
LIB = $(B)/libcandor.a
UNIT_SRCS := $(wildcard tests/unit/*.c)
UNITS := $(UNIT_SRCS:tests/unit/%.c=$(B)/unit/%)
PROGRAM = $(if $(filter release,$(VARIANT)),build/candor,$(B)/candor)

.PHONY: all
all: $(PROGRAM)

$(PROGRAM): $(B)/main.o $(LIB)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) $(HARDEN_LINK) -pthread -o $@ $^ $(PKG_LIBS) $(LDLIBS)

$(LIB): $(OBJS)
	@rm -f $@
	$(AR) rcs $@ $^

$(B)/%.o: src/%.c $(B)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Changed flags rebuild everything; equal ones nothing.
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(subst ','\'',$(ALL_CFLAGS) $(LDFLAGS))' | cmp -s - $@ || \
		echo '$(CC) $(subst ','\'',$(ALL_CFLAGS) $(LDFLAGS))' > $@

$(B)/unit/%: tests/unit/%.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Wno-missing-prototypes -Itests/unit -MMD -MP \
		$(LDFLAGS) -o $@ $< $(LIB) $(PKG_LIBS) -lcmocka $(LDLIBS)

# The reference that ranks are compared with; the program itself needs no libm.
$(B)/unit/select-rank: LDLIBS += -lm

.PHONY: units
units: $(UNITS)

.PHONY: clean FORCE
clean:
	rm -rf build

-include $(OBJS:.o=.d) $(UNITS:=.d) $(B)/main.d
