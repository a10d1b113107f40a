package console

import (
	"bytes"
	"io"

	"github.com/signoff-id/signoff/internal/report"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// reportCSV gives the report as comma-separated values.
func (p *Pages) reportCSV(v *visit.Visit) error {
	return p.download(v, "text/csv; charset=utf-8", "csv", report.Sheet.WriteCSV)
}

// reportXLSX gives the report as a workbook.
func (p *Pages) reportXLSX(v *visit.Visit) error {
	return p.download(v, xlsx, "xlsx", report.Sheet.WriteXLSX)
}

func (p *Pages) download(v *visit.Visit, media, ending string, write func(report.Sheet, io.Writer) error) error {
	d, err := p.read(v)
	if err == nil {
		err = d.refused
	}
	if err != nil {
		return err
	}
	page, err := v.Page("")
	if err != nil {
		return err
	}
	sheet := d.Sheet(d.name, page.T("report.day"), func(c report.Column) string { return columnName(page, c) })
	var file bytes.Buffer
	if err := write(sheet, &file); err != nil {
		return err
	}
	v.Save(media, "signoff-"+d.Days[0]+"-"+d.Days[len(d.Days)-1]+"."+ending, file.Bytes())
	return nil
}

// columnName says what a column counts.
func columnName(p *ui.Page, c report.Column) string {
	figure := p.T("report.figure." + string(c.Figure))
	if c.Detail == "" {
		return figure
	}
	return figure + p.T("report.of") + detailName(p, c.Figure, c.Detail)
}

// detailName says it of a detail alone. One that this version does not know keeps
// its code.
func detailName(p *ui.Page, f report.Figure, detail string) string {
	return p.TOr("report."+string(f)+"."+detail, detail)
}
