/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
 * The few kernel types the programs read, by hand: only the fields that are read, each found on the running kernel by CO-RE.
 * `___flavor` types are the same kernel type under an older or newer layout.
 */
#ifndef JENNER_KERNEL_H
#define JENNER_KERNEL_H

typedef unsigned char __u8;
typedef short __s16;
typedef unsigned short __u16;
typedef int __s32;
typedef unsigned int __u32;
typedef long long __s64;
typedef unsigned long long __u64;
typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __s32 s32;
typedef __u64 u64;
typedef __s64 s64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u32 __wsum;
typedef __u16 __sum16;
typedef _Bool bool;
#define true 1
#define false 0

enum bpf_map_type {
	BPF_MAP_TYPE_HASH = 1,
	BPF_MAP_TYPE_ARRAY = 2,
	BPF_MAP_TYPE_PERCPU_ARRAY = 6,
	BPF_MAP_TYPE_LRU_HASH = 9,
	BPF_MAP_TYPE_LPM_TRIE = 11,
	BPF_MAP_TYPE_RINGBUF = 27,
	BPF_MAP_TYPE_TASK_STORAGE = 29,
};
enum { BPF_ANY = 0, BPF_NOEXIST = 1, BPF_F_NO_PREALLOC = 1 };
enum { BPF_LOCAL_STORAGE_GET_F_CREATE = 1 };
/*
 * Makes an address a pointer that programs read without calling a helper (6.2 on); older kernels have no such function, its address is 0 there
 * and the verifier leaves out what calls it.
 */
extern void *bpf_rdonly_cast(const void *address, u32 type) __attribute__((section(".ksyms"))) __attribute__((weak));
/* Whether the running kernel has a helper (5.17 brought this one). */
enum bpf_func_id { BPF_FUNC_find_vma = 180 };

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

#if defined(__TARGET_ARCH_x86)
struct pt_regs {
	unsigned long r10, r9, r8, dx, si, di, orig_ax, bp, bx, cx;
};
struct thread_info {
	u32 status;
};
#elif defined(__TARGET_ARCH_arm64)
struct user_pt_regs {
	u64 regs[31];
};
struct pt_regs {
	u64 regs[31];
	u64 orig_x0;
	s32 syscallno;
};
struct thread_info {
	unsigned long flags;
};
#endif

struct list_head { struct list_head *next, *prev; };
typedef struct { unsigned int val; } kuid_t;
typedef struct { unsigned int val; } kgid_t;
typedef struct { int counter; } atomic_t;
typedef struct { u64 val; } kernel_cap_t;
/* before 6.3 */
struct kernel_cap_struct___old { u32 cap[2]; };

struct cred {
	kuid_t uid, euid;
	kgid_t gid, egid;
	kernel_cap_t cap_inheritable, cap_permitted, cap_effective;
};

struct qstr {
	u32 hash, len;
	const unsigned char *name;
};
struct file_system_type { const char *name; };
struct super_block {
	u32 s_dev;
	unsigned long s_magic;
	struct file_system_type *s_type;
};
struct timespec64 { s64 tv_sec; long tv_nsec; };
struct inode {
	u16 i_mode;
	kuid_t i_uid;
	struct super_block *i_sb;
	unsigned long i_ino;
	unsigned int i_nlink;
	s64 i_mtime_sec, i_ctime_sec;
	u32 i_mtime_nsec, i_ctime_nsec;
	u32 i_generation;
	s64 i_size;
};
/* 6.7 to 6.10 */
struct inode___v67 { struct timespec64 __i_mtime, __i_ctime; };
/* before 6.6 */
struct inode___v60 { struct timespec64 i_mtime, i_ctime; };

struct dentry {
	struct dentry *d_parent;
	struct qstr d_name;
	struct inode *d_inode;
};
struct vfsmount {
	struct dentry *mnt_root;
};
struct mnt_namespace { int unused; };
struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
	struct mnt_namespace *mnt_ns;
};
struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};
struct file {
	struct inode *f_inode;
	unsigned int f_flags;
	unsigned int f_mode;
	struct path f_path;
	void *private_data;
};
/* What overlayfs maps in place of its own file (6.8 on), and the path that the program knows it by. */
struct backing_file { struct path user_path; };
/* Bit 25, since 6.14 bit 24; then 25 may mean something else. */
#define FMODE_BACKING 0x3000000
struct fdtable {
	unsigned int max_fds;
	struct file **fd;
};
struct files_struct { struct fdtable *fdt; };
struct fs_struct { struct path root, pwd; };

struct kernfs_node {
	struct kernfs_node *__parent;
	const char *name;
	u64 id;
};
/* before 6.15 */
struct kernfs_node___old { struct kernfs_node *parent; };
/* The numbers are the running kernel's, by CO-RE. */
enum cgroup_subsys_id { memory_cgrp_id = 1, pids_cgrp_id = 2 };
struct cgroup { struct kernfs_node *kn; };
struct cgroup_subsys_state { struct cgroup *cgroup; };
struct css_set {
	struct cgroup_subsys_state *subsys[16];
	struct cgroup *dfl_cgrp;
};

struct pid_namespace;
struct upid {
	int nr;
	struct pid_namespace *ns;
};
struct pid {
	unsigned int level;
	struct upid numbers[1];
};
struct tty_driver { int major, minor_start; };
struct tty_struct {
	int index;
	struct tty_driver *driver;
};
struct signal_struct {
	atomic_t live;
	struct pid *pids[4];
	struct tty_struct *tty;
};
struct mm_struct {
	unsigned long arg_start, arg_end, env_start, env_end;
	struct file *exe_file;
};
struct vm_area_struct { struct file *vm_file; };
struct nsproxy { struct mnt_namespace *mnt_ns; };
struct task_struct {
	struct thread_info thread_info;
	struct mm_struct *mm;
	int pid, tgid;
	unsigned int flags;
	struct task_struct *real_parent, *group_leader;
	struct pid *thread_pid;
	u64 start_time;
	const struct cred *cred;
	char comm[16];
	struct fs_struct *fs;
	struct files_struct *files;
	struct nsproxy *nsproxy;
	struct signal_struct *signal;
	kuid_t loginuid;
	struct css_set *cgroups;
	int exit_code;
	void *bpf_storage;
};
struct linux_binprm {
	struct file *file;
	const char *filename, *interp;
};

struct in6_addr { union { u8 u6_addr8[16]; } in6_u; };
struct sock_common {
	__be32 skc_daddr, skc_rcv_saddr;
	__be16 skc_dport;
	u16 skc_num;
	u16 skc_family;
	u8 skc_state;
	struct in6_addr skc_v6_daddr, skc_v6_rcv_saddr;
};
struct sock {
	struct sock_common __sk_common;
	u16 sk_type, sk_protocol;
};
struct socket {
	int state;
	short type;
	struct file *file;
	struct sock *sk;
};
struct sockaddr_un { u16 sun_family; char sun_path[108]; };
struct unix_address { int len; struct sockaddr_un name[1]; };
struct unix_sock {
	struct unix_address *addr;
	struct sock *peer;
};

struct io_kiocb {
	struct file *file;
	u8 opcode;
};
struct filename { const char *name; };
struct io_open { struct filename *filename; };
struct user_namespace { int level; };

#pragma clang attribute pop
#endif
