namespace Sweeps.Dashboard.Plots;

/// <summary>
/// Iso-lines by marching squares: linear along the edges of each square of four neighbouring values; a saddle is decided by the mean of the
/// four; a square with a missing corner is left out, so lines end there.
/// </summary>
public static class Contours
{
    /// <summary>All pieces of the line <c>field = level</c>, in the field's coordinates, in a fixed order.</summary>
    public static IReadOnlyList<ContourLine> Of(Field field, double level)
    {
        ArgumentNullException.ThrowIfNull(field);
        return Chains(Segments(field, level)).Select(chain => Line(field, level, chain)).ToList();
    }

    // An edge of the grid is numbered 2·node when it runs in x from the node, 2·node + 1 when it runs in y.
    private static List<(long From, long To)> Segments(Field field, double level)
    {
        int width = field.X.Count;
        List<(long, long)> segments = [];
        for (int j = 0; j + 1 < field.Y.Count; j++)
        {
            for (int i = 0; i + 1 < width; i++)
            {
                double a = field[i, j], b = field[i + 1, j], c = field[i + 1, j + 1], d = field[i, j + 1];
                if (!double.IsFinite(a + b + c + d))
                    continue;
                int corners = (a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (c >= level ? 4 : 0) | (d >= level ? 8 : 0);
                if (corners is 0 or 15)
                    continue;
                long node = (long)j * width + i;
                long south = 2 * node, west = 2 * node + 1, east = 2 * (node + 1) + 1, north = 2 * (node + width);
                bool isMiddleAbove = 0.25 * a + 0.25 * b + 0.25 * c + 0.25 * d >= level;
                switch (corners)
                {
                    case 1 or 14: segments.Add((west, south)); break;
                    case 2 or 13: segments.Add((south, east)); break;
                    case 4 or 11: segments.Add((east, north)); break;
                    case 8 or 7: segments.Add((north, west)); break;
                    case 3 or 12: segments.Add((west, east)); break;
                    case 6 or 9: segments.Add((south, north)); break;
                    // Saddles: a and c on one side, b and d on the other; the middle joins one of the pairs.
                    case 5 when isMiddleAbove:
                    case 10 when !isMiddleAbove:
                        segments.Add((south, east));
                        segments.Add((north, west));
                        break;
                    default:
                        segments.Add((west, south));
                        segments.Add((east, north));
                        break;
                }
            }
        }
        return segments;
    }

    private static IEnumerable<List<long>> Chains(List<(long From, long To)> segments)
    {
        Dictionary<long, (int First, int Second)> atEdge = [];
        for (int s = 0; s < segments.Count; s++)
        {
            foreach (long edge in (ReadOnlySpan<long>)[segments[s].From, segments[s].To])
                atEdge[edge] = atEdge.TryGetValue(edge, out (int First, int Second) known) ? (known.First, s) : (s, -1);
        }
        bool[] isUsed = new bool[segments.Count];
        for (int s = 0; s < segments.Count; s++)
        {
            if (isUsed[s])
                continue;
            isUsed[s] = true;
            List<long> forward = Walk(segments[s].To), backward = Walk(segments[s].From);
            backward.Reverse();
            yield return [.. backward, .. forward];
        }

        List<long> Walk(long edge)
        {
            List<long> chain = [edge];
            while (true)
            {
                (int first, int second) = atEdge[edge];
                int next = !isUsed[first] ? first : second >= 0 && !isUsed[second] ? second : -1;
                if (next < 0)
                    return chain;
                isUsed[next] = true;
                edge = segments[next].From == edge ? segments[next].To : segments[next].From;
                chain.Add(edge);
            }
        }
    }

    private static ContourLine Line(Field field, double level, List<long> edges)
    {
        int width = field.X.Count;
        List<PaperPoint> points = new(edges.Count);
        foreach (long edge in edges)
        {
            int i = (int)(edge / 2 % width), j = (int)(edge / 2 / width);
            bool isAlongX = edge % 2 == 0;
            double here = field[i, j], there = isAlongX ? field[i + 1, j] : field[i, j + 1];
            double share = (level - here) / (there - here);
            points.Add(isAlongX
                ? new(field.X[i] + share * (field.X[i + 1] - field.X[i]), field.Y[j])
                : new(field.X[i], field.Y[j] + share * (field.Y[j + 1] - field.Y[j])));
        }
        return new(points);
    }
}
