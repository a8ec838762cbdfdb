namespace Sweeps.Dashboard.Plots;

/// <summary>A rectangle on paper in points, y downwards.</summary>
internal readonly record struct Box(double Left, double Top, double Width, double Height)
{
    /// <summary>Its place, for an element.</summary>
    public SvgAttribute[] Place => [("x", Left), ("y", Top), ("width", Width), ("height", Height)];

    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public double MiddleX => Left + Width / 2;

    public double MiddleY => Top + Height / 2;

    public static Box Between(double left, double top, double right, double bottom) => new(left, top, right - left, bottom - top);

    public bool Overlaps(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    public bool Contains(Box other) => other.Left >= Left && other.Right <= Right && other.Top >= Top && other.Bottom <= Bottom;

    public bool Contains(PaperPoint point) => point.X >= Left && point.X <= Right && point.Y >= Top && point.Y <= Bottom;

    public Box Grown(double by) => new(Left - by, Top - by, Width + 2 * by, Height + 2 * by);
}
