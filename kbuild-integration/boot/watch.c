// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Runs a command and ends it if it hangs, however fast or busy the machine is:
 *
 *	klpcc-watch [-t SECONDS] [-f FILE]... COMMAND [ARGUMENT]...
 *
 * A sign of life is a change of the command's output (if that is a file) or of a FILE. A command
 * without one is ended
 *
 *	when all its processes together have used SECONDS (300) of processor time since the last,
 *	or when they have slept for three times as long, which no working command does.
 *
 * A command that shows signs of life for ever is ended after ten times as much processor time. Time
 * in which a process is stopped, or waits for the processor or for a disk, does not count.
 *
 * If a process of the command is watched by a klpcc-watch of its own, that one decides.
 *
 * Status: the command's, including its signal; 124 if it had to be ended, after a line
 * "watch: no end: ..." on stderr; 126 or 127 if it could not be started. run starts qemu
 * with it, and testsuite/lib/klpcc.exp every command.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The name of this process in /proc, not longer than what the kernel keeps. */
#define NAME "klpcc-watch"
#define PROCESSES 65536
#define FILES 8
/* Seconds to end when asked to; then it is killed. */
#define GRACE 5

struct process {
	pid_t pid, parent;
	unsigned long long ticks; /* of it, and of the children that it has waited for */
	bool watch, inside;
};

struct file {
	const char *path; /* NULL: a descriptor */
	int fd;
	off_t size;
	struct timespec time;
};

/* What the command has used so far, and what it is doing. */
struct usage {
	unsigned long long ticks;
	bool awake, watched;
};

static struct process processes[PROCESSES];
static size_t process_count;
static struct file files[FILES];
static size_t file_count;

/* The state, a letter, of the process or thread that has the file; 0 when it is gone. */
static char read_stat(const char *path, struct process *process)
{
	unsigned long long user, system;
	long long children_user, children_system;
	char text[1024], state = 0, *name, *rest;
	FILE *file = fopen(path, "re");
	size_t length;

	if (!file)
		return 0;
	length = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	text[length] = '\0';
	name = strchr(text, '(');
	rest = strrchr(text, ')');
	if (!name || !rest)
		return 0;
	*rest = '\0';
	if (sscanf(rest + 1,
		   " %c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu %lld %lld",
		   &state, &process->parent, &user, &system, &children_user,
		   &children_system) != 6)
		return 0;
	process->ticks = user + system + (unsigned long long)children_user +
			 (unsigned long long)children_system;
	process->watch = !strcmp(name + 1, NAME);
	return state;
}

/* Reads all processes of the machine, and notes which belong to the command. */
static void read_processes(void)
{
	pid_t self = getpid();
	struct dirent *entry;
	DIR *dir = opendir("/proc");
	bool more = true;
	char path[64];

	process_count = 0;
	while (dir && (entry = readdir(dir)) && process_count < PROCESSES) {
		struct process *process = &processes[process_count];

		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		snprintf(path, sizeof(path), "/proc/%.20s/stat", entry->d_name);
		process->pid = atoi(entry->d_name);
		if (!read_stat(path, process))
			continue;
		process->inside = process->pid == self;
		process_count++;
	}
	if (dir)
		closedir(dir);
	while (more) {
		more = false;
		for (size_t i = 0; i < process_count; i++)
			for (size_t j = 0; j < process_count && !processes[i].inside; j++)
				if (processes[j].inside &&
				    processes[j].pid == processes[i].parent)
					more = processes[i].inside = true;
	}
}

/* Whether a thread of the process runs, waits for a processor or disk, or is stopped. */
static bool is_awake(pid_t pid)
{
	struct process thread;
	struct dirent *entry;
	bool awake = false;
	char path[96];
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	dir = opendir(path);
	while (dir && !awake && (entry = readdir(dir))) {
		char state;

		snprintf(path, sizeof(path), "/proc/%d/task/%.20s/stat", pid,
			 entry->d_name);
		state = read_stat(path, &thread);
		awake = state && strchr("RDT", state);
	}
	if (dir)
		closedir(dir);
	return awake;
}

static struct usage survey_processes(void)
{
	long second = sysconf(_SC_CLK_TCK);
	struct usage result = { 0 };
	struct rusage gone;
	pid_t self = getpid();

	read_processes();
	/* Orphans of the command become children of this process, and may have ended. */
	getrusage(RUSAGE_CHILDREN, &gone);
	result.ticks =
		(unsigned long long)(gone.ru_utime.tv_sec + gone.ru_stime.tv_sec) *
			(unsigned long long)second +
		(unsigned long long)(gone.ru_utime.tv_usec + gone.ru_stime.tv_usec) *
			(unsigned long long)second / 1000000;
	for (size_t i = 0; i < process_count; i++) {
		const struct process *process = &processes[i];

		if (!process->inside || process->pid == self)
			continue;
		result.ticks += process->ticks;
		result.watched |= process->watch;
		result.awake = result.awake || is_awake(process->pid);
	}
	return result;
}

static void add_file(const char *path, int fd)
{
	struct stat status;

	if (path || (!fstat(fd, &status) && S_ISREG(status.st_mode)))
		files[file_count++] = (struct file){ path, fd, -1, { 0, 0 } };
}

static bool files_changed(void)
{
	bool changed = false;

	for (size_t i = 0; i < file_count; i++) {
		struct file *file = &files[i];
		struct stat now;

		if (file->path ? stat(file->path, &now) : fstat(file->fd, &now))
			continue;
		changed |= now.st_size != file->size ||
			   now.st_mtim.tv_sec != file->time.tv_sec ||
			   now.st_mtim.tv_nsec != file->time.tv_nsec;
		file->size = now.st_size;
		file->time = now.st_mtim;
	}
	return changed;
}

/* Returns whether there was a process to signal. */
static bool signal_all(int number)
{
	bool any = false;

	read_processes();
	for (size_t i = 0; i < process_count; i++)
		if (processes[i].inside && processes[i].pid != getpid())
			any |= !kill(processes[i].pid, number);
	return any;
}

/* Returns true, with its status, if the child has ended. */
static bool reap_children(pid_t child, int *status)
{
	bool gone = false;
	int code;
	pid_t pid;

	while ((pid = waitpid(-1, &code, WNOHANG)) > 0)
		if (pid == child) {
			*status = code;
			gone = true;
		}
	return gone;
}

static void end_all(pid_t child)
{
	struct timespec moment = { 0, 100000000 };
	bool gone = false;
	int status;

	signal_all(SIGTERM);
	signal_all(SIGCONT);
	for (int i = 0; i < GRACE * 10 && !gone; i++) {
		nanosleep(&moment, NULL);
		gone = reap_children(child, &status);
	}
	/* This includes what it started meanwhile. */
	for (int i = 0; i < 10 && signal_all(SIGKILL); i++) {
		nanosleep(&moment, NULL);
		reap_children(child, &status);
	}
}

/* Exits as the command did: with its status, or by the same signal. */
static void exit_as_command(int status)
{
	struct rlimit none = { 0, 0 };
	sigset_t all;

	if (WIFEXITED(status))
		exit(WEXITSTATUS(status));
	setrlimit(RLIMIT_CORE, &none);
	signal(WTERMSIG(status), SIG_DFL);
	sigfillset(&all);
	sigprocmask(SIG_UNBLOCK, &all, NULL);
	raise(WTERMSIG(status));
	exit(128 + WTERMSIG(status));
}

/* What the command has used since its last sign of life, and altogether. */
struct tally {
	unsigned long long seen, used, altogether; /* ticks */
	unsigned int slept;                        /* seconds */
};

/* Adds what the command has used since the last call; false if that is too much. */
static bool may_go_on(struct tally *tally, unsigned int limit)
{
	unsigned long long second = (unsigned long long)sysconf(_SC_CLK_TCK), used = 0;
	struct usage now = survey_processes();

	/* It may be less than before, if nobody waited for a child. */
	if (now.ticks > tally->seen)
		used = now.ticks - tally->seen;
	tally->seen = now.ticks;
	if (!now.watched)
		tally->altogether += used;
	if (files_changed() || now.watched) {
		tally->used = tally->slept = 0;
	} else {
		tally->used += used;
		/* More than a second may have passed, if this process had to wait for its turn. */
		tally->slept += !now.awake && used * 2 < second;
	}
	if (tally->used >= limit * second)
		fprintf(stderr,
			"watch: no end: %u s of processor time without a sign of life\n",
			limit);
	else if (tally->slept >= 3 * limit)
		fprintf(stderr, "watch: no end: asleep for %u s\n", 3 * limit);
	else if (tally->altogether >= 10ULL * limit * second)
		fprintf(stderr, "watch: no end: %u s of processor time\n", 10 * limit);
	else
		return true;
	return false;
}

static long long read_clock(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void watch_child(pid_t child, unsigned int limit, const sigset_t *signals)
{
	long long second = 1000000000, next = read_clock() + second;
	struct tally tally = { 0 };
	int number, status;

	for (;;) {
		long long left = next - read_clock();
		struct timespec time = { left > 0 ? left / second : 0,
					 left > 0 ? left % second : 0 };

		number = sigtimedwait(signals, NULL, &time);
		if (number == SIGCHLD && reap_children(child, &status))
			exit_as_command(status);
		if (number > 0 && number != SIGCHLD)
			signal_all(number);
		if (read_clock() < next)
			continue;
		next = read_clock() + second;
		if (!may_go_on(&tally, limit)) {
			end_all(child);
			exit(124);
		}
	}
}

static pid_t start_command(char **command, const sigset_t *old)
{
	pid_t child = fork();

	if (child)
		return child;
	sigprocmask(SIG_SETMASK, old, NULL);
	execvp(command[0], command);
	fprintf(stderr, "watch: %s: %s\n", command[0], strerror(errno));
	_exit(errno == ENOENT ? 127 : 126);
}

int main(int argc, char **argv)
{
	unsigned int limit = 300;
	sigset_t signals, old;
	pid_t child;
	int option;

	add_file(NULL, STDOUT_FILENO);
	add_file(NULL, STDERR_FILENO);
	while ((option = getopt(argc, argv, "+t:f:")) != -1)
		if (option == 't')
			limit = (unsigned int)strtoul(optarg, NULL, 10);
		else if (option == 'f' && file_count < FILES)
			add_file(optarg, -1);
		else
			limit = 0;
	if (!limit || !argv[optind]) {
		fprintf(stderr,
			"Usage: klpcc-watch [-t SECONDS] [-f FILE]... COMMAND...\n");
		return 2;
	}
	/* As in timeout(1): a signal from the command to its group must not reach others. */
	setpgid(0, 0);
	prctl(PR_SET_NAME, NAME);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	sigemptyset(&signals);
	sigaddset(&signals, SIGCHLD);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	sigprocmask(SIG_BLOCK, &signals, &old);
	files_changed();
	child = start_command(argv + optind, &old);
	if (child < 0) {
		fprintf(stderr, "watch: fork: %s\n", strerror(errno));
		return 126;
	}
	watch_child(child, limit, &signals);
}
