/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
 * Scripts: whether the file that a program just opened is what it was started to run. `sh file`, `python3 file` and `#!` all come out as an
 * interpreter whose first argument without a dash names the file.
 */
#ifndef JENNER_SCRIPT_H
#define JENNER_SCRIPT_H
#include "file.h"

#define WORDS 2048
#define FNV_START 0xcbf29ce484222325ull
#define FNV_PRIME 0x100000001b3ull

/* `python3.11` and `perl5.36.0` by their names alone. */
static __always_inline bool is_interpreter(const char *name)
{
	struct name_key key = {};
	bool over = false;
	for (int i = 0; i < 16; i++) {
		over |= !name[i] || (name[i] >= '0' && name[i] <= '9');
		if (!over)
			key.name[i] = name[i];
	}
	return bpf_map_lookup_elem(&interpreters, &key) != 0;
}

__noinline int is_run_by_interpreter(u64 task_address)
{
	struct task_struct *task = (struct task_struct *)task_address;
	char name[16] = {};
	BPF_CORE_READ_INTO(&name, task, group_leader, comm);
	if (is_interpreter(name))
		return 1;
	__builtin_memset(name, 0, sizeof(name));
	bpf_probe_read_kernel_str(name, sizeof(name), BPF_CORE_READ(task, mm, exe_file, f_path.dentry, d_name.name));
	return is_interpreter(name);
}

/* One letter of the words; 1 when the first word behind argv[0] without a dash is over. Apart, so that the verifier looks at it once. */
__noinline int read_letter(u32 at)
{
	u32 slot = SLOT_SYSCALL;
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
	if (!scratch)
		return 1;
	u8 letter = scratch->path[MASKED(at, WORDS - 1)];
	if (letter) {
		if (scratch->begins && letter == '-')
			scratch->option = 1;
		scratch->begins = 0;
		scratch->hash = letter == '/' ? FNV_START : (scratch->hash ^ letter) * FNV_PRIME;
		return 0;
	}
	if (scratch->word && !scratch->option)
		return 1;
	scratch->word = scratch->begins = 1;
	scratch->option = 0;
	scratch->hash = FNV_START;
	return 0;
}

/* Whether there is such a word; its last name is in `hash` then. */
static __always_inline bool read_first_word(struct scratch *scratch)
{
	scratch->word = scratch->option = 0;
	scratch->begins = 1;
	scratch->hash = FNV_START;
	for (u32 i = 0; i < WORDS; i++)
		if (read_letter(i))
			return true;
	return false;
}

/* One letter of the path behind the words; 1 at its end. */
__noinline int read_letter_of_path(u32 at)
{
	u32 slot = SLOT_SYSCALL;
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
	if (!scratch)
		return 1;
	u8 letter = scratch->path[WORDS + MASKED(at, WORDS - 1)];
	if (!letter)
		return 1;
	scratch->named = letter == '/' ? FNV_START : (scratch->named ^ letter) * FNV_PRIME;
	return 0;
}

/* Leaves the last name of the path behind the words in `named`. */
__noinline int read_last_name(u32 slot)
{
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
	if (!scratch)
		return 0;
	scratch->named = FNV_START;
	for (u32 i = 0; i < WORDS; i++)
		if (read_letter_of_path(i))
			break;
	return 0;
}

/* `first`, `second`: what the call was given; one of them is the path as the interpreter wrote it, which may be a link to a file of another name. */
__noinline int runs_script(u64 file_address, u64 first, u64 second)
{
	struct file *file = (struct file *)file_address;
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	u32 slot = SLOT_SYSCALL;
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
	if (!scratch || !is_run_by_interpreter((u64)task))
		return 0;
	u64 start = BPF_CORE_READ(task, mm, arg_start), length = BPF_CORE_READ(task, mm, arg_end) - start;
	if (length > WORDS - 1)
		length = WORDS - 1;
	if (bpf_probe_read_user(scratch->path, MASKED(length, WORDS - 1), (void *)start))
		return 0;
	/* An empty word behind the last one ends them. */
	scratch->path[MASKED(length, WORDS - 1)] = 0;
	scratch->path[MASKED(length, WORDS - 1) + 1] = 0;
	char *name = (char *)scratch->path + WORDS;
	long size = bpf_probe_read_kernel_str(name, 256, BPF_CORE_READ(file, f_path.dentry, d_name.name));
	if (size < 2 || !read_first_word(scratch))
		return 0;
	read_last_name(slot);
	if (scratch->hash == scratch->named)
		return 1;
	if (bpf_probe_read_user_str(name, WORDS, (void *)second) < 2 && bpf_probe_read_user_str(name, WORDS, (void *)first) < 2)
		return 0;
	read_last_name(slot);
	return scratch->hash == scratch->named;
}
#endif
