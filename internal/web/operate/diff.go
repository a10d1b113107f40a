package operate

// The kinds of lines in a comparison.
const (
	same  = ' '
	plus  = '+'
	minus = '-'
)

// line is a line of a comparison; a number is 0 where that version has no such
// line.
type line struct {
	kind     rune
	old, new int
	text     string
}

// hunk is a run of lines that are shown, or that many unchanged ones that are
// not.
type hunk struct {
	hidden int
	lines  []line
}

// tooMuch bounds the table of a comparison. Texts beyond it, which are no
// policies that anybody wrote, are shown as wholly replaced.
const tooMuch = 4 << 20

// compare gives the lines of two texts with as few changes as there can be: the
// longest common subsequence stays.
func compare(a, b []string) (out []line) {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		out = append(out, line{same, head + 1, head + 1, a[head]})
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	out = append(out, middle(a[head:len(a)-tail], b[head:len(b)-tail], head)...)
	for i := len(a) - tail; i < len(a); i++ {
		out = append(out, line{same, i + 1, i + 1 + len(b) - len(a), a[i]})
	}
	return out
}

// middle compares what lies between the common beginning and end.
func middle(a, b []string, at int) (out []line) {
	common := lengths(a, b)
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case common != nil && i < len(a) && j < len(b) && a[i] == b[j]:
			out = append(out, line{same, at + i + 1, at + j + 1, a[i]})
			i, j = i+1, j+1
		case i < len(a) && (j == len(b) || common == nil || common[i+1][j] >= common[i][j+1]):
			out = append(out, line{minus, at + i + 1, 0, a[i]})
			i++
		default:
			out = append(out, line{plus, 0, at + j + 1, b[j]})
			j++
		}
	}
	return out
}

// lengths gives, for each pair of places, how long the longest common
// subsequence from there on is; nil when there are too many pairs.
func lengths(a, b []string) [][]int {
	if (len(a)+1)*(len(b)+1) > tooMuch {
		return nil
	}
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	return table
}

// around is how many unchanged lines are shown beside each change.
const around = 3

// shorten leaves out what is far from any change.
func shorten(all []line) (out []hunk) {
	near := make([]bool, len(all))
	for i, l := range all {
		if l.kind != same {
			for k := max(0, i-around); k <= min(len(all)-1, i+around); k++ {
				near[k] = true
			}
		}
	}
	for i, l := range all {
		begins := i == 0 || near[i] != near[i-1]
		if begins {
			out = append(out, hunk{})
		}
		last := &out[len(out)-1]
		if near[i] {
			last.lines = append(last.lines, l)
		} else {
			last.hidden++
		}
	}
	return out
}
