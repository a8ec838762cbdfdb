namespace Sweeps.Dashboard.Security.Browsers;

/// <summary>Where a browser goes after it has signed in: to a page of this dashboard, whatever the request says.</summary>
internal static class ReturnAddress
{
    public const string Start = "/";

    private const int Longest = 2000;

    /// <summary>The address if it is one of ours, else the first page.</summary>
    public static string Of(string? asked) => asked is not null && IsLocal(asked) ? asked : Start;

    // "//elsewhere" and "/\elsewhere" are addresses of other machines to a browser, which skips tabs and line ends besides.
    private static bool IsLocal(string asked) =>
        asked.Length is > 0 and <= Longest && asked[0] == '/'
        && (asked.Length == 1 || asked[1] is not ('/' or '\\'))
        && !asked.Any(letter => letter is '\\' or < ' ' or > '~')
        && !asked.StartsWith(SignIn.Path, StringComparison.OrdinalIgnoreCase)
        && !asked.StartsWith(SignIn.OutPath, StringComparison.OrdinalIgnoreCase);
}
