// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Source files from DWARF: see read-dwarf.h.
 *
 * The address ranges of a unit tell its code, whatever the compiler cut out of a
 * function. The top-level DIEs tell its variables, by address and name: variables without
 * a size share an address. Static variables of functions are left to source-files.c,
 * which knows the file's other symbols.
 */
#include "read-dwarf.h"

#include <dlfcn.h>
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../lib/array.h"
#include "../lib/file.h"
#include "../lib/number.h"

#define LIBRARY "libdw.so.1"
#define DEBUG_INFO ".debug_info"

/* ---- the library ------------------------------------------------------------------- */

/* What is used of it. Its functions are called through `dw`, so that nothing links to them. */
#define FUNCTIONS(f)                                                                     \
	f(dwarf_begin_elf) f(dwarf_end) f(dwarf_get_units) f(dwarf_tag) f(dwarf_attr) f( \
		dwarf_formstring) f(dwarf_formblock) f(dwarf_diename) f(dwarf_ranges)    \
		f(dwarf_child) f(dwarf_siblingof) f(dwarf_errmsg) f(dwfl_begin) f(       \
			dwfl_end) f(dwfl_report_offline) f(dwfl_report_end)              \
			f(dwfl_module_getdwarf) f(dwfl_module_getelf) f(                 \
				dwfl_offline_section_address) f(dwfl_errmsg)             \
				f(dwarf_addrdie) f(dwarf_getsrc_die) f(dwarf_linesrc)    \
					f(dwarf_lineno) f(dwarf_linecol) f(              \
						dwarf_dieoffset) f(dwarf_offdie)         \
						f(dwarf_decl_file) f(dwarf_decl_line)    \
							f(dwarf_decl_column)

static struct {
#define MEMBER(name) __typeof__(name) *name;
	FUNCTIONS(MEMBER)
} dw;

static pthread_mutex_t load_lock = PTHREAD_MUTEX_INITIALIZER;
static void *library;

static struct klpcc_error *load_library(void)
{
	void *handle = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
	bool whole = handle != NULL;

	if (!handle)
		return klpcc_error_new(
			ENOENT,
			"reading debug information needs libdw, which is missing (Debian package libdw1): %s",
			dlerror());
#define LOOK_UP(name) whole &= (dw.name = dlsym(handle, #name)) != NULL;
	FUNCTIONS(LOOK_UP)
	if (!whole) {
		dlclose(handle);
		return klpcc_error_new(ENOENT, LIBRARY " is too old for this klpcc");
	}
	library = handle;
	return NULL;
}

struct klpcc_error *klpcc_dwarf_load(void)
{
	struct klpcc_error *err = NULL;

	pthread_mutex_lock(&load_lock);
	if (!library)
		err = load_library();
	pthread_mutex_unlock(&load_lock);
	return err;
}

/* ---- units ------------------------------------------------------------------------- */

struct range {
	uint64_t start, end; /* end is not inside */
	uint32_t unit;
};

struct variable {
	uint64_t address;
	const char *name; /* in the DWARF */
	uint32_t unit;
	Dwarf_Off die;
};

struct klpcc_dwarf {
	const struct klpcc_elf *elf;
	Elf *handle; /* of a linked file; a relocatable one has dwfl */
	Dwfl *dwfl;
	Dwarf *dwarf;
	uint64_t *bases; /* by section: where dwfl put it; NULL in a linked file */
	char **paths;    /* by unit; NULL when it has no name */
	struct range *ranges;
	struct variable *variables;
	size_t path_count, path_capacity, range_count, range_capacity;
	size_t variable_count, variable_capacity;
};

bool klpcc_has_dwarf(const struct klpcc_elf *elf)
{
	const struct klpcc_elf_section *section = klpcc_elf_find_section(elf, DEBUG_INFO);

	return section && section->header.sh_type != SHT_NOBITS &&
	       section->header.sh_size;
}

static struct klpcc_error *dwarf_error(const struct klpcc_dwarf *dwarf)
{
	const char *text = dw.dwarf_errmsg(-1);

	return klpcc_elf_error(dwarf->elf, klpcc_elf_find_section(dwarf->elf, DEBUG_INFO),
			       "unit %zu: %s", dwarf->path_count,
			       text ? text : "damaged");
}

static const char *string_of(Dwarf_Die *die, unsigned int name)
{
	Dwarf_Attribute attribute;

	return dw.dwarf_attr(die, name, &attribute) ? dw.dwarf_formstring(&attribute)
						    : NULL;
}

/*
 * A name as the compiler has it, without what leads to the source: kbuild compiles in the build
 * directory, to which names are relative, or, of another source directory, absolute.
 */
static const char *relative_name(const char *name, const char *directory)
{
	size_t common = 0;

	if (name[0] == '/' && directory && directory[0] == '/') {
		for (size_t i = 0; name[i] && (name[i] == directory[i] || !directory[i]);
		     i++) {
			if (name[i] == '/')
				common = i + 1;
			if (!directory[i])
				break;
		}
		/* The root alone is in common with everything. */
		name += common > 1 ? common : 0;
	}
	for (;;) {
		if (!strncmp(name, "./", 2))
			name += 2;
		else if (!strncmp(name, "../", 3))
			name += 3;
		else
			return name;
	}
}

/* Takes "DIRECTORY/../" out of a path, in place, as often as it is there. */
static void normalize_path(char *path)
{
	char *up;

	while ((up = strstr(path, "/../")) && up > path) {
		char *start = memrchr(path, '/', (size_t)(up - path));

		start = start ? start + 1 : path;
		memmove(start, up + 4, strlen(up + 4) + 1);
	}
}

static struct klpcc_error *add_path(struct klpcc_dwarf *dwarf, Dwarf_Die *die)
{
	const char *name = string_of(die, DW_AT_name);
	char *path = NULL, **paths;

	/* The number of a unit has 32 bits. */
	if (dwarf->path_count >= UINT32_MAX)
		return klpcc_error_new(EFBIG, "too many entries in " DEBUG_INFO);
	paths = klpcc_array_grow(dwarf->paths, dwarf->path_count, 1,
				 &dwarf->path_capacity, sizeof(*paths));
	if (!paths)
		return klpcc_error_nomem();
	dwarf->paths = paths;
	/* Of link-time optimisation: "<artificial>". */
	if (name && *name && *name != '<') {
		path = strdup(relative_name(name, string_of(die, DW_AT_comp_dir)));
		if (!path)
			return klpcc_error_nomem();
		normalize_path(path);
	}
	paths[dwarf->path_count++] = path;
	return NULL;
}

static struct klpcc_error *add_ranges(struct klpcc_dwarf *dwarf, Dwarf_Die *die,
				      uint32_t unit)
{
	Dwarf_Addr base, start, end;
	ptrdiff_t offset = 0;

	while ((offset = dw.dwarf_ranges(die, offset, &base, &start, &end)) > 0) {
		struct range *ranges;

		/* What the linker dropped is at 0. */
		if (!start || start >= end)
			continue;
		ranges = klpcc_array_grow(dwarf->ranges, dwarf->range_count, 1,
					  &dwarf->range_capacity, sizeof(*ranges));
		if (!ranges)
			return klpcc_error_nomem();
		dwarf->ranges = ranges;
		ranges[dwarf->range_count++] = (struct range){ start, end, unit };
	}
	return offset < 0 ? dwarf_error(dwarf) : NULL;
}

/* The address of a variable that has a fixed one; 0: none. */
static uint64_t variable_address(const struct klpcc_dwarf *dwarf, Dwarf_Die *die)
{
	Dwarf_Attribute attribute;
	Dwarf_Block block;

	if (!dw.dwarf_attr(die, DW_AT_location, &attribute) ||
	    dw.dwarf_formblock(&attribute, &block) || block.length != 9 ||
	    block.data[0] != DW_OP_addr)
		return 0;
	return klpcc_number(block.data + 1, 8, klpcc_elf_big_endian(dwarf->elf));
}

static struct klpcc_error *add_variables(struct klpcc_dwarf *dwarf, Dwarf_Die *unit_die,
					 uint32_t unit)
{
	struct variable *variables;
	Dwarf_Die die;
	int status;

	for (status = dw.dwarf_child(unit_die, &die); !status;
	     status = dw.dwarf_siblingof(&die, &die)) {
		struct variable variable = { .unit = unit };

		if (dw.dwarf_tag(&die) != DW_TAG_variable)
			continue;
		variable.address = variable_address(dwarf, &die);
		variable.name = variable.address ? dw.dwarf_diename(&die) : NULL;
		if (!variable.name)
			continue;
		variable.die = dw.dwarf_dieoffset(&die);
		variables =
			klpcc_array_grow(dwarf->variables, dwarf->variable_count, 1,
					 &dwarf->variable_capacity, sizeof(*variables));
		if (!variables)
			return klpcc_error_nomem();
		dwarf->variables = variables;
		variables[dwarf->variable_count++] = variable;
	}
	return status >= 0 ? NULL : dwarf_error(dwarf);
}

static struct klpcc_error *add_units(struct klpcc_dwarf *dwarf)
{
	struct klpcc_error *err = NULL;
	Dwarf_CU *cu = NULL;
	Dwarf_Die die;
	int status;

	while (!err && !(status = dw.dwarf_get_units(dwarf->dwarf, cu, &cu, NULL, NULL,
						     &die, NULL))) {
		uint32_t unit = (uint32_t)dwarf->path_count;

		if (dw.dwarf_tag(&die) != DW_TAG_compile_unit)
			continue;
		err = add_path(dwarf, &die);
		if (err || !dwarf->paths[unit])
			continue;
		err = add_ranges(dwarf, &die, unit);
		if (!err)
			err = add_variables(dwarf, &die, unit);
	}
	return err || status > 0 ? err : dwarf_error(dwarf);
}

/*
 * A kernel that was built elsewhere than in its source and that names it in full: init/main.c,
 * which every kernel has, tells where that is.
 */
static void strip_root(struct klpcc_dwarf *dwarf)
{
	static const char anchor[] = "/init/main.c";
	const char *root = NULL;
	size_t length = 0;

	for (size_t i = 0; !root && i < dwarf->path_count; i++) {
		size_t size = dwarf->paths[i] ? strlen(dwarf->paths[i]) : 0;

		if (size < strlen(anchor) ||
		    strcmp(dwarf->paths[i] + size - strlen(anchor), anchor))
			continue;
		length = size - strlen(anchor) + 1;
		root = strndup(dwarf->paths[i], length);
	}
	for (size_t i = 0; root && i < dwarf->path_count; i++) {
		char *path = dwarf->paths[i];

		if (path && !strncmp(path, root, length))
			memmove(path, path + length, strlen(path + length) + 1);
	}
	free((char *)root);
}

static int by_start(const void *left, const void *right)
{
	const struct range *a = left, *b = right;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return (a->unit > b->unit) - (a->unit < b->unit);
}

static int by_address(const void *left, const void *right)
{
	const struct variable *a = left, *b = right;

	if (a->address != b->address)
		return a->address < b->address ? -1 : 1;
	return strcmp(a->name, b->name);
}

/* ---- opening ----------------------------------------------------------------------- */

static struct klpcc_error *open_linked(struct klpcc_dwarf *dwarf)
{
	const unsigned char *data;
	size_t size;

	data = klpcc_elf_data(dwarf->elf, &size);
	/* libelf asks for a pointer to non-const, but does not write. */
	dwarf->handle = elf_memory((char *)data, size);
	if (dwarf->handle)
		dwarf->dwarf = dw.dwarf_begin_elf(dwarf->handle, DWARF_C_READ, NULL);
	return dwarf->dwarf ? NULL : dwarf_error(dwarf);
}

/* Nothing but the file itself is asked. */
static int find_nothing(Dwfl_Module *module, void **data, const char *name,
			Dwarf_Addr base, const char *file, const char *link,
			GElf_Word sum, char **ret)
{
	(void)module, (void)data, (void)name, (void)base, (void)file, (void)link;
	(void)sum, (void)ret;
	return -1;
}

/* A copy that libdwfl may map: nobody else changes its size. -1 on failure. */
static int copy_in_memory(const struct klpcc_elf *elf)
{
	const unsigned char *data;
	size_t size, done = 0;
	int fd;

	data = klpcc_elf_data(elf, &size);
	fd = memfd_create("klpcc", MFD_CLOEXEC);
	while (fd >= 0 && done < size) {
		ssize_t n = write(fd, data + done, size - done);

		if (n < 0 && errno != EINTR) {
			close(fd);
			return -1;
		}
		done += n > 0 ? (size_t)n : 0;
	}
	return fd;
}

/* Bytes between sections, so that no line of one has an address of the next one. */
#define GAP 16u

/*
 * Gives the sections of that copy their addresses. libdwfl would put each right behind the one
 * before, and the last line of that, which often has no length, would be one of its first bytes.
 */
static bool spread_sections(int fd)
{
	Elf *elf = elf_begin(fd, ELF_C_RDWR_MMAP, NULL);
	GElf_Addr address = GAP; /* none is 0, which is no address for libdwfl */
	Elf_Scn *section = NULL;
	bool done = elf && elf_flagelf(elf, ELF_C_SET, ELF_F_LAYOUT);

	while (done && (section = elf_nextscn(elf, section))) {
		GElf_Shdr header;

		done = gelf_getshdr(section, &header);
		if (!done)
			break;
		if (header.sh_flags & SHF_ALLOC) {
			if (header.sh_addralign > 1)
				address += -address & (header.sh_addralign - 1);
			header.sh_addr = address;
			address += header.sh_size + GAP;
		}
		/* It has nothing in the file, which libelf would make as long as it says. */
		if (header.sh_type == SHT_NULL)
			header.sh_offset = header.sh_size = 0;
		done = gelf_update_shdr(section, &header);
	}
	done = done && elf_update(elf, ELF_C_WRITE) >= 0;
	elf_end(elf);
	return done;
}

/* Where the DWARF, whose addresses libdwfl has moved by the bias, has the sections. */
static struct klpcc_error *read_bases(struct klpcc_dwarf *dwarf, Dwfl_Module *module)
{
	GElf_Addr bias;
	Elf *elf = dw.dwfl_module_getelf(module, &bias);

	dwarf->bases = calloc(klpcc_elf_sections(dwarf->elf) + 1, sizeof(*dwarf->bases));
	if (!dwarf->bases)
		return klpcc_error_nomem();
	for (size_t i = 1; elf && i < klpcc_elf_sections(dwarf->elf); i++) {
		GElf_Shdr header;

		if (gelf_getshdr(elf_getscn(elf, i), &header))
			dwarf->bases[i] = header.sh_addr + bias;
	}
	return NULL;
}

/* libdwfl relocates what refers to a section. */
static struct klpcc_error *open_relocatable(struct klpcc_dwarf *dwarf)
{
	static const Dwfl_Callbacks callbacks_of_none = {
		.find_debuginfo = find_nothing,
	};
	static Dwfl_Callbacks callbacks;
	int fd = copy_in_memory(dwarf->elf);
	Dwfl_Module *module = NULL;
	Dwarf_Addr bias = 0;

	if (fd < 0)
		return klpcc_error_errno(errno, "%s: cannot copy the file in memory",
					 klpcc_elf_label(dwarf->elf));
	if (!spread_sections(fd)) {
		close(fd);
		return klpcc_elf_error(dwarf->elf, NULL, "%s", elf_errmsg(-1));
	}
	pthread_mutex_lock(&load_lock);
	callbacks = callbacks_of_none;
	callbacks.section_address = dw.dwfl_offline_section_address;
	pthread_mutex_unlock(&load_lock);
	dwarf->dwfl = dw.dwfl_begin(&callbacks);
	if (dwarf->dwfl)
		module = dw.dwfl_report_offline(dwarf->dwfl, "", "", fd);
	/* It has the descriptor now. */
	if (!module)
		close(fd);
	else if (!dw.dwfl_report_end(dwarf->dwfl, NULL, NULL))
		dwarf->dwarf = dw.dwfl_module_getdwarf(module, &bias);
	if (!dwarf->dwarf)
		return klpcc_elf_error(dwarf->elf, NULL, "debug information: %s",
				       dw.dwfl_errmsg(-1));
	return read_bases(dwarf, module);
}

struct klpcc_error *klpcc_dwarf_open(const struct klpcc_elf *elf,
				     struct klpcc_dwarf **ret)
{
	struct klpcc_dwarf *dwarf = calloc(1, sizeof(*dwarf));
	struct klpcc_error *err;

	if (!dwarf)
		return klpcc_error_nomem();
	dwarf->elf = elf;
	err = klpcc_elf_header(elf)->e_type == ET_REL ? open_relocatable(dwarf)
						      : open_linked(dwarf);
	if (!err)
		err = add_units(dwarf);
	if (err) {
		klpcc_dwarf_close(dwarf);
		return err;
	}
	strip_root(dwarf);
	if (dwarf->range_count)
		qsort(dwarf->ranges, dwarf->range_count, sizeof(*dwarf->ranges),
		      by_start);
	if (dwarf->variable_count)
		qsort(dwarf->variables, dwarf->variable_count, sizeof(*dwarf->variables),
		      by_address);
	*ret = dwarf;
	return NULL;
}

void klpcc_dwarf_close(struct klpcc_dwarf *dwarf)
{
	if (!dwarf)
		return;
	for (size_t i = 0; i < dwarf->path_count; i++)
		free(dwarf->paths[i]);
	free(dwarf->paths);
	free(dwarf->ranges);
	free(dwarf->variables);
	free(dwarf->bases);
	/* libdwfl's own goes with it. */
	if (dwarf->dwfl)
		dw.dwfl_end(dwarf->dwfl);
	else if (dwarf->dwarf)
		dw.dwarf_end(dwarf->dwarf);
	elf_end(dwarf->handle);
	free(dwarf);
}

/* ---- look-up ----------------------------------------------------------------------- */

/* Ranges of several units may overlap in a file that is damaged: then any of them. */
static const char *find_code(const struct klpcc_dwarf *dwarf, uint64_t address)
{
	size_t low = 0, high = dwarf->range_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (dwarf->ranges[middle].start <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low || address >= dwarf->ranges[low - 1].end)
		return NULL;
	return dwarf->paths[dwarf->ranges[low - 1].unit];
}

const char *klpcc_dwarf_find(const struct klpcc_dwarf *dwarf,
			     const struct klpcc_elf_symbol *symbol)
{
	struct variable key = { .address = symbol->value, .name = symbol->name };
	const struct variable *variable;
	const char *path;

	if (symbol->reserved || !symbol->section)
		return NULL;
	if (dwarf->bases)
		key.address += dwarf->bases[symbol->section];
	path = find_code(dwarf, key.address);
	if (path || !dwarf->variable_count)
		return path;
	variable = bsearch(&key, dwarf->variables, dwarf->variable_count,
			   sizeof(*dwarf->variables), by_address);
	return variable ? dwarf->paths[variable->unit] : NULL;
}

const char *klpcc_dwarf_find_file(const struct klpcc_dwarf *dwarf, const char *name)
{
	const char *found = NULL;

	for (size_t i = 0; i < dwarf->path_count; i++) {
		const char *path = dwarf->paths[i];

		if (!path || strcmp(klpcc_base_name(path), name))
			continue;
		if (found && strcmp(found, path))
			return NULL;
		found = path;
	}
	return found;
}

/* ---- lines ------------------------------------------------------------------------- */

static char *make_place(const char *file, int line, int column)
{
	char *place = NULL;

	if (!file || !line)
		return NULL;
	if ((column ? asprintf(&place, "%s:%d:%d", file, line, column)
		    : asprintf(&place, "%s:%d", file, line)) < 0)
		return NULL;
	return place;
}

static char *find_code_place(const struct klpcc_dwarf *dwarf, uint64_t address)
{
	int line_number = 0, column = 0;
	Dwarf_Line *line;
	Dwarf_Die unit;

	if (!dw.dwarf_addrdie(dwarf->dwarf, address, &unit))
		return NULL;
	line = dw.dwarf_getsrc_die(&unit, address);
	if (!line || dw.dwarf_lineno(line, &line_number) ||
	    dw.dwarf_linecol(line, &column))
		return NULL;
	return make_place(dw.dwarf_linesrc(line, NULL, NULL), line_number, column);
}

/* Where the last variable is declared that begins at the address or before, from `start` on. */
static char *find_data_place(const struct klpcc_dwarf *dwarf, uint64_t start,
			     uint64_t address)
{
	size_t low = 0, high = dwarf->variable_count;
	int line = 0, column = 0;
	Dwarf_Die die;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (dwarf->variables[middle].address <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low || dwarf->variables[low - 1].address < start ||
	    !dw.dwarf_offdie(dwarf->dwarf, dwarf->variables[low - 1].die, &die) ||
	    dw.dwarf_decl_line(&die, &line))
		return NULL;
	if (dw.dwarf_decl_column(&die, &column))
		column = 0;
	return make_place(dw.dwarf_decl_file(&die), line, column);
}

char *klpcc_dwarf_find_place(const struct klpcc_dwarf *dwarf,
			     const struct klpcc_elf_section *section, uint64_t offset)
{
	uint64_t start =
		dwarf->bases ? dwarf->bases[section->index] : section->header.sh_addr;

	if (section->header.sh_flags & SHF_EXECINSTR)
		return find_code_place(dwarf, start + offset);
	return find_data_place(dwarf, start, start + offset);
}
