#!/usr/bin/env bash
# Fetches the style sheets, scripts and icons that the pages are served with, at
# pinned versions, into internal/web/asset. Only for whoever changes a version or
# the list of icons: what it makes is committed. Needs npm.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
to=$root/internal/web/asset
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts \
	htmx.org@2.0.11 @tabler/core@1.6.1 @tabler/icons@3.52.0 echarts@6.1.0 esbuild@0.28.2 \
	axe-core@4.14.1
# esbuild's own install step only checks the program that npm has unpacked.

mkdir -p "$to/vendor" "$to/icons"
cp node_modules/htmx.org/dist/htmx.min.js "$to/vendor/htmx.js"
sed '/sourceMappingURL/d' node_modules/@tabler/core/dist/css/tabler.min.css >"$to/vendor/tabler.css"

# Only the charts that the console draws.
cat >charts.js <<'JS'
import * as echarts from "echarts/core";
import { BarChart, LineChart, PieChart } from "echarts/charts";
import { AriaComponent, DatasetComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";
echarts.use([BarChart, LineChart, PieChart, AriaComponent, DatasetComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);
export const init = echarts.init;
JS
node_modules/.bin/esbuild charts.js --bundle --minify --format=esm --legal-comments=eof --outfile="$to/vendor/echarts.js" --log-level=warning

# axe-core checks the pages in the browser tests; it is never served.
mkdir -p "$root/internal/web/webtest/vendor"
cp node_modules/axe-core/axe.min.js "$root/internal/web/webtest/vendor/axe.js"

# The icons, each as the shapes inside of its <svg>.
while read -r name; do
	[ -n "$name" ] || continue
	sed -e '1,/>/d' -e '/<\/svg>/d' -e '/stroke="none" d="M0 0h24v24H0z"/d' -e 's/^ *//' \
		"node_modules/@tabler/icons/icons/outline/$name.svg" | tr -d '\n' >"$to/icons/$name.svg"
done <"$to/icons.txt"

cp node_modules/htmx.org/LICENSE "$to/vendor/htmx.LICENSE"
cp node_modules/@tabler/core/LICENSE "$to/vendor/tabler.LICENSE" 2>/dev/null || cp node_modules/@tabler/icons/LICENSE "$to/vendor/tabler.LICENSE"
cp node_modules/echarts/LICENSE "$to/vendor/echarts.LICENSE"
cp node_modules/@tabler/icons/LICENSE "$to/vendor/icons.LICENSE"
cp node_modules/axe-core/LICENSE "$root/internal/web/webtest/vendor/axe.LICENSE"
