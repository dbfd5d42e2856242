extern int helper(void);
#define HELP() helper()
