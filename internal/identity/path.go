package identity

import "fmt"

// at names a field of the n-th entry of a list as the caller wrote it.
func at(list string, n int, field string) string { return fmt.Sprintf("%s[%d].%s", list, n, field) }
