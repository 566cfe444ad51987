# How the programs of tests/ are built; the Makefile includes this.

$(B)/unit/%: tests/unit/%.c $(B)/libverband.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -MMD -MP -o $@ $< $(B)/libverband.a -lcmocka $(LDLIBS)

# tests of cli/ link what they test of it, and main.o never
$(B)/libcli.a: $(patsubst %.c,$(B)/%.o,$(filter-out cli/main.c,$(CLI)))
	$(Q)rm -f $@ && ar rcs $@ $^

$(B)/unit/test_cli_%: tests/unit/test_cli_%.c $(B)/libcli.a $(B)/libverband.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -MMD -MP -o $@ $< $(B)/libcli.a $(B)/libverband.a -lcmocka $(LDLIBS) -ledit

# test programs: the extraction alone, from file to committed mentions, the bridge's scores, openCypher's TCK, generated queries
objects = $(patsubst %.c,$(B)/%.o,$(sort $(wildcard tests/$1/*.c)))
$(B)/extract: $(call objects,tools)
$(B)/commit: $(call objects,bench)
$(B)/scores: $(call objects,network)
$(B)/tck: $(call objects,tck)
$(B)/differential: $(call objects,differential)
$(B)/extract $(B)/commit $(B)/scores $(B)/tck $(B)/differential: $(B)/libverband.a
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(B)/libverband.a $(LDLIBS)

# This one makes the library's allocations fail, one after the other.
$(B)/unit/test_store_memory: LDFLAGS += -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc

# ... and this one what is renamed and linked
$(B)/unit/test_store_faults: LDFLAGS += -Wl,--wrap=rename,--wrap=link

# This one counts the steps of the extraction (tests/unit/counted.h), in objects of its own of what takes them.
COUNTED := memcmp strncmp strcmp strncasecmp strlen strchr strstr memchr memrchr memcpy memmove memset \
           pcre2_compile_8 pcre2_match_8
$(B)/counted/%.o: %.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) -std=gnu17 -O1 -fno-builtin -fsanitize-coverage=trace-pc $(WARN) -pthread -MMD -MP -c -o $@ $<

$(B)/unit/test_linear: $(patsubst %.c,$(B)/counted/%.o,$(sort $(wildcard loaders/*.c)) graph/text.c graph/memory.c \
                                                       graph/stemmer.c graph/url.c)
$(B)/unit/test_linear: tests/unit/test_linear.c $(B)/libverband.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) $(COUNTED:%=-Wl,--wrap=%) -MMD -MP -o $@ $(filter %.c %.o,$^) \
	    $(B)/libverband.a -lcmocka $(LDLIBS)

build/fuzz/targets/%: tests/fuzz/%.c build/fuzz/libverband.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -fsanitize=fuzzer,address,undefined -o $@ $< build/fuzz/libverband.a $(LDLIBS)
