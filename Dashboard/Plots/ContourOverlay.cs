namespace Sweeps.Dashboard.Plots;

/// <summary>Iso-lines over a heat map: dark on a white casing, so that they show on every colour of the map, whatever the theme.</summary>
internal sealed class ContourOverlay(SvgWriter svg, Box frame, GridAxis x, GridAxis y, PlotTheme theme)
{
    private const string Dark = "#111111";
    private const string Casing = "#ffffff";
    private const string Dashes = "3.2 2";
    private const double ShortestPiece = 4;
    private const int FewestForMarks = 3;

    /// <summary>Whether a grid has enough values for lines across it, or at least along one side for marks.</summary>
    public static bool CanShow(GridAxis x, GridAxis y) =>
        (x.IsContinuous && y.IsContinuous)
        || (x.IsContinuous && x.Centres.Length >= FewestForMarks)
        || (y.IsContinuous && y.Centres.Length >= FewestForMarks);

    /// <summary>A sample for the legend.</summary>
    public static void DrawSample(SvgWriter svg, Box box, PlotTheme theme, bool isDashed) =>
        Draw(svg, [[new(box.Left, box.MiddleY), new(box.Right, box.MiddleY)]], theme, isDashed);

    /// <param name="field">In axis coordinates.</param>
    /// <param name="levels">Value and label of each line.</param>
    /// <param name="isDashed">Dashed lines carry no labels: they are the measured twins of labelled ones.</param>
    public void Draw(Field field, IReadOnlyList<Tick> levels, bool isDashed)
    {
        if (field.X.Count > 1 && field.Y.Count > 1 && x.IsContinuous && y.IsContinuous)
            DrawLines(field, levels, isDashed);
        else if (x.IsContinuous && field.X.Count > 1)
            DrawMarks(levels, isDashed, field.X, field.Y.Count, (i, j) => field[i, j], y, (along, from, to) =>
                [At(along, from), At(along, to)]);
        else if (y.IsContinuous && field.Y.Count > 1)
            DrawMarks(levels, isDashed, field.Y, field.X.Count, (j, i) => field[i, j], x, (along, from, to) =>
                [At(from, along), At(to, along)]);
    }

    private void DrawLines(Field field, IReadOnlyList<Tick> levels, bool isDashed)
    {
        List<IReadOnlyList<PaperPoint>> strokes = [];
        List<ContourLabel> labels = [];
        foreach (Tick level in levels)
        {
            List<Polyline> lines = [.. Contours.Of(field, level.At)
                .Select(line => new Polyline(Polyline.Thinned([.. line.Points.Select(p => At(p.X, p.Y))])))
                .Where(line => line.Points.Count > 1 && line.Length > ShortestPiece)];
            ContourLabel? label = isDashed ? null : ContourLabel.Place(level.Label, lines, frame, labels, theme.SmallType);
            if (label is not null)
                labels.Add(label);
            foreach (Polyline line in lines)
            {
                if (label is null || line != label.Line)
                {
                    strokes.Add(line.Points);
                    continue;
                }
                strokes.Add(line.Part(0, label.Middle - label.Width / 2));
                strokes.Add(line.Part(label.Middle + label.Width / 2, line.Length));
            }
        }
        Draw(svg, strokes, theme, isDashed);
        foreach (ContourLabel label in labels)
            DrawLabel(label);
    }

    /// <summary>Where lines across make no sense (words, or a single row), each row gets a mark at its own crossing.</summary>
    private void DrawMarks(IReadOnlyList<Tick> levels, bool isDashed, IReadOnlyList<double> along, int rows, Func<int, int, double> value,
        GridAxis across,
        Func<double, double, double, PaperPoint[]> mark)
    {
        List<IReadOnlyList<PaperPoint>> strokes = [];
        for (int row = 0; row < Math.Min(rows, across.Centres.Length); row++)
        {
            for (int k = 0; k + 1 < along.Count; k++)
            {
                double a = value(k, row), b = value(k + 1, row);
                if (!double.IsFinite(a + b))
                    continue;
                foreach (Tick level in levels.Where(level => a >= level.At != b >= level.At))
                    strokes.Add(mark(along[k] + (level.At - a) / (b - a) * (along[k + 1] - along[k]), across.Edges[row],
                        across.Edges[row + 1]));
            }
        }
        Draw(svg, strokes, theme, isDashed);
    }

    private PaperPoint At(double coordinateX, double coordinateY) => new(
        frame.Left + x.Axis.Coordinates.Share(coordinateX) * frame.Width,
        frame.Bottom - y.Axis.Coordinates.Share(coordinateY) * frame.Height);

    private void DrawLabel(ContourLabel label)
    {
        PaperPoint at = new(label.At.X, label.At.Y + 0.35 * theme.SmallType);
        string turn = $"rotate({SvgWriter.Number(label.Angle)} {SvgWriter.Number(label.At.X)} {SvgWriter.Number(label.At.Y)})";
        svg.Text(label.Text, at, theme.SmallType, ("text-anchor", "middle"), ("transform", turn), ("fill", Dark),
            ("stroke", Casing), ("stroke-width", 2.4), ("stroke-linejoin", "round"), ("paint-order", "stroke"));
    }

    private static void Draw(SvgWriter svg, List<IReadOnlyList<PaperPoint>> strokes, PlotTheme theme, bool isDashed)
    {
        if (strokes.Count == 0)
            return;
        string path = string.Concat(strokes.Select(SvgWriter.PathData));
        svg.Open("g", ("fill", "none"), ("stroke-linejoin", "round"), ("stroke-dasharray", isDashed ? Dashes : "none"));
        svg.Leaf("path", [("d", path), ("stroke", Casing), ("stroke-width", 2.4 * theme.LineStroke)]);
        svg.Leaf("path", [("d", path), ("stroke", Dark), ("stroke-width", theme.LineStroke)]);
        svg.Close();
    }
}
