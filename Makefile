# Verband. `make` builds ./verband; `make help` lists the rest; V=1 shows the commands.
# Sources are found by wildcard: a new .c file needs no line here. A variant builds in build/<variant>/.

VARIANT ?= release
CC      := $(if $(filter default,$(origin CC)),gcc,$(CC))
PREFIX  ?= /usr/local
DESTDIR ?=
Q       := $(if $(V),,@)
B       := build/$(VARIANT)
JOBS    := -j$(shell nproc)

PACKAGES := gcc make pkg-config libigraph-dev libsqlite3-dev libcjson-dev libpcre2-dev libutf8proc-dev \
            libstemmer-dev iso-codes gettext graphviz libgraphviz-dev libcmocka-dev python3 python3-networkx \
            python3-igraph libxml2-dev libxml2-utils libarchive-dev libedit-dev libicu-dev \
            poppler-utils re2c lemon node-d3 mandoc
TOOLS    := clang clang-format clang-tidy cppcheck valgrind lcov libclang-rt-14-dev chromium libreoffice-writer-nogui \
            $(if $(shell command -v npm 2>/dev/null),,nodejs npm) # a node of another source stays
MODULES  := igraph sqlite3 libcjson libpcre2-8 libutf8proc libxml-2.0 libarchive icu-i18n

ROOMS  := graph loaders queries export
SRC    := $(sort $(wildcard $(ROOMS:=/*.c) $(ROOMS:=/*/*.c)))
CLI    := $(sort $(wildcard cli/*.c))
DATA   := $(sort $(wildcard loaders/gazetteer/*.tsv loaders/rules/*.tsv loaders/rules/*.rules queries/patterns/*.tsv export/*.tsv export/view.*))
D3     := $(firstword $(wildcard /usr/share/nodejs/d3/dist/d3.min.js)) # node-d3; without it no HTML view
UNIT   := $(sort $(wildcard tests/unit/*.c))
FUZZ   := $(sort $(wildcard tests/fuzz/*.c))

WARN   := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes $(WERROR)
OPT_release  := -O2 -g
OPT_check    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
OPT_asan     := $(OPT_check)
OPT_ubsan    := -O1 -g -fsanitize=undefined -fno-sanitize-recover=undefined
OPT_tsan     := -O1 -g -fsanitize=thread -fno-omit-frame-pointer
OPT_valgrind := -O1 -g -DVB_ARENA_SINGLE
OPT_coverage := -O0 -g --coverage
OPT_fuzz     := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-omit-frame-pointer
CPPFLAGS += -I. -I$(B) -D_GNU_SOURCE $(shell pkg-config --cflags $(MODULES) 2>/dev/null)
CFLAGS   += -std=gnu17 $(OPT_$(VARIANT)) $(WARN) -fPIC -pthread -fvisibility=default
LDLIBS   += $(shell pkg-config --libs $(MODULES) 2>/dev/null) -lstemmer -lm -pthread

.PHONY: all help deps deps-tools demo check check-all golden asan ubsan tsan valgrind coverage tck fuzz lint bench install clean .FORCE
.DELETE_ON_ERROR:

all: verband                    ## build ./verband (the default)

help:                           ## this list
	@sed -n 's/^\([a-z -]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 22

deps:                           ## install with apt what building and testing need, if it is missing
	$(Q)sh tests/deps.sh $(PACKAGES)

deps-tools:                     ## install with apt what `check-all`, `lint`, `fuzz` and `coverage` need
	$(Q)sh tests/deps.sh $(TOOLS)

verband: build/release/verband
	$(Q)cp $< $@

$(B)/verband: $(CLI:%.c=$(B)/%.o) $(B)/libverband.a
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) -ledit

$(B)/libverband.a: $(SRC:%.c=$(B)/%.o) $(B)/graph/data_table.o $(B)/gen/queries/cypher/lexer.o $(B)/gen/queries/cypher/grammar.o
	$(Q)rm -f $@ && ar rcs $@ $^

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# Countries come from iso-codes, in Dutch; every data file is then built into the library.
$(B)/gen/countries.tsv: loaders/countries.sh
	@mkdir -p $(@D)
	$(Q)sh $< > $@

# written anew when a data file comes or goes, also one that is older than the table
$(B)/gen/data.list: .FORCE
	@mkdir -p $(@D)
	$(Q)echo '$(DATA) $(D3)' | cmp -s - $@ || echo '$(DATA) $(D3)' > $@

$(B)/graph/data_table.c: graph/embed.sh $(DATA) $(D3) $(B)/gen/countries.tsv $(B)/gen/data.list Makefile
	@mkdir -p $(@D)
	$(Q)sh graph/embed.sh $(B)/gen/countries.tsv $(DATA) $(D3) > $@

$(B)/graph/data_table.o: $(B)/graph/data_table.c
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# openCypher's lexer and grammar. What the tools write has its own warnings: neither is our style.
$(B)/gen/queries/cypher/grammar.c: queries/cypher/grammar.y
	@mkdir -p $(@D)
	$(Q)cp $< $(@D)/ && cd $(@D) && lemon -q -l grammar.y

$(B)/gen/queries/cypher/lexer.c: queries/cypher/lexer.re $(B)/gen/queries/cypher/grammar.c
	$(Q)re2c --no-debug-info -W -o $@ $<

$(B)/gen/queries/cypher/lexer.o $(B)/gen/queries/cypher/grammar.o: $(B)/gen/%.o: $(B)/gen/%.c
	$(Q)$(CC) $(CPPFLAGS) -I$(B)/gen $(CFLAGS) -Wno-conversion -Wno-sign-conversion -Wno-missing-prototypes \
	    -Wno-unused-parameter -Wno-unused-variable -Wno-pedantic -MMD -MP -c -o $@ $<

$(B)/queries/cypher/tokens.o: $(B)/gen/queries/cypher/grammar.c
$(B)/queries/cypher/tokens.o: CPPFLAGS += -I$(B)/gen

demo: deps                      ## install, build, load the sample letters, answer, rank, find a path, draw
	$(Q)$(MAKE) --no-print-directory $(JOBS) all
	$(Q)sh tests/demo.sh ./verband demo

check: deps                     ## the tests, with AddressSanitizer and UndefinedBehaviorSanitizer
	$(Q)$(MAKE) --no-print-directory $(JOBS) VARIANT=check WERROR=-Werror check-run

check-all: deps deps-tools      ## `check`, and what needs clang, valgrind, LibreOffice, npm or a browser
	$(Q)VERBAND_BROWSER=1 VERBAND_THOROUGH=1 $(MAKE) --no-print-directory check lint valgrind tsan

check-run: $(B)/verband $(UNIT:tests/unit/%.c=$(B)/unit/%)
	$(Q)sh tests/run.sh $(B)

include tests/rules.mk

golden:                         ## accept what the golden tests print now (read the difference first)
	$(Q)$(MAKE) --no-print-directory VARIANT=check build/check/verband
	$(Q)sh tests/golden/run.sh build/check --accept

asan: check                     ## AddressSanitizer (what `check` runs with)

ubsan tsan valgrind:            ## the tests with that tool (tsan: those of what has threads)
	$(Q)$(MAKE) --no-print-directory $(JOBS) VARIANT=$@ check-run

coverage: deps-tools            ## the tests, and which lines of the library and the command line they run
	$(Q)$(MAKE) --no-print-directory $(JOBS) VARIANT=$@ check-run
	$(Q)sh tests/coverage.sh build/coverage

tck: $(B)/tck                   ## run openCypher's TCK: make tck TCK=DIR (../shared/tck/features)
	$(Q)$< -k tests/tck/manifest -w $(B)/tck.manifest -g ../shared/tck/graphs $(or $(TCK),../shared/tck/features)

fuzz:                           ## fuzz every target for FUZZ_SECONDS (60) each
	$(Q)$(MAKE) --no-print-directory $(JOBS) CC=clang VARIANT=fuzz fuzz-run

fuzz-run: $(FUZZ:tests/fuzz/%.c=build/fuzz/targets/%)
	$(Q)sh tests/fuzz/run.sh build/fuzz/targets $(or $(FUZZ_SECONDS),60)

lint: deps-tools $(B)/gen/queries/cypher/grammar.c ## clang-tidy, cppcheck, clang-format, warnings of gcc and clang
	$(Q)GEN=$(B)/gen sh tests/lint.sh $(SRC) $(CLI)

bench: all                      ## timings beside peers, in one table (BENCH=full: large ones too)
	$(Q)sh tests/bench/run.sh ./verband $(BENCH)

include cli/install.mk

clean:                          ## remove what was built
	rm -rf build demo verband

-include $(shell find $(B) -name '*.d' 2>/dev/null)
