# make install: the program, the library (static and shared), its header, manual pages and completions, as other
# tools do it: PREFIX (/usr/local), DESTDIR (nothing) for packagers. The Makefile includes this.

VERSION := $(shell sed -n 's/.*VB_VERSION *"\(.*\)"/\1/p' graph/verband.h)
SONAME  := libverband.so.$(firstword $(subst ., ,$(VERSION)))
PUBLIC  := $(sort $(wildcard graph/verband*.h))
TO      := $(DESTDIR)$(PREFIX)

# what the public header declares is what the shared library shows
$(B)/gen/verband.map: $(PUBLIC)
	@mkdir -p $(@D)
	$(Q){ echo '{ global:'; grep -hoE '\bvb_[a-z0-9_]+\(' $^ | grep -v '_fn($$' | sort -u | tr '(' ';'; echo 'local: *; };'; } > $@

$(B)/$(SONAME): $(B)/libverband.a $(B)/gen/verband.map
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,$(SONAME) -Wl,--version-script=$(B)/gen/verband.map \
	    -o $@ -Wl,--whole-archive $< -Wl,--no-whole-archive $(LDLIBS)

$(B)/gen/verband.pc: graph/verband.h cli/install.mk Makefile
	@mkdir -p $(@D)
	$(Q)printf '%s\n' 'prefix=$(PREFIX)' 'Name: verband' 'Version: $(VERSION)' \
	    'Description: a graph of Dutch government documents, with the sentence behind every edge' \
	    'Requires.private: $(MODULES)' 'Cflags: -I$${prefix}/include/verband' \
	    'Libs: -L$${prefix}/lib -lverband' 'Libs.private: -lstemmer -lm -pthread' > $@

install: $(B)/verband $(B)/libverband.a $(B)/$(SONAME) $(B)/gen/verband.pc  ## into $(DESTDIR)$(PREFIX)
	install -d $(TO)/bin $(TO)/lib/pkgconfig $(TO)/include/verband/graph $(TO)/share/man/man1
	install -d $(TO)/share/bash-completion/completions $(TO)/share/zsh/site-functions
	install $(B)/verband $(TO)/bin/verband
	install -m 644 $(B)/libverband.a $(B)/$(SONAME) $(TO)/lib
	ln -sf $(SONAME) $(TO)/lib/libverband.so
	install -m 644 $(B)/gen/verband.pc $(TO)/lib/pkgconfig
	install -m 644 $(PUBLIC) $(TO)/include/verband/graph
	$< help man > $(TO)/share/man/man1/verband.1
	for c in $$($< help | sed -n 's/^  \([a-z-]*\)  .*/\1/p'); do $< help man $$c > $(TO)/share/man/man1/verband-$$c.1 || exit; done
	$< help bash > $(TO)/share/bash-completion/completions/verband
	$< help zsh > $(TO)/share/zsh/site-functions/_verband
