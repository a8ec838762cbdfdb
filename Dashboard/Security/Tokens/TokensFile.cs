using System.Collections.Immutable;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Security.Tokens;

/// <summary>
/// The file of <c>--tokens</c>: a line <c>read TOKEN NAME</c> or <c>operate TOKEN NAME</c> each, the name at will; what follows a # is a
/// remark. No message shows any part of a token.
/// </summary>
internal static class TokensFile
{
    private const string Form = "write 'read TOKEN NAME' or 'operate TOKEN NAME'";
    private const string Fresh = "make one with: sweeps dashboard --new-token";
    private const long LongestFile = 1 << 20;

    // A word typed again and again is long, too; of random ones not one in 10^12 has as few.
    private const int FewestDifferent = 8;

    /// <param name="path">As given.</param>
    /// <exception cref="IOException">It is there, but cannot be read.</exception>
    public static Checked<AccessTokens> Read(string path)
    {
        string shown = Shown.OneLine(path);
        if (!File.Exists(path)) return Checked<AccessTokens>.Wrong($"--tokens: there is no file {Shown.As(path, 200)}; {Form} into one");
        if (new FileInfo(path).Length > LongestFile) return Checked<AccessTokens>.Wrong($"{shown} is larger than 1 MiB, and no file of tokens");
        List<string> mistakes = [];
        if (SecretFile.IsOpenToAll(path))
            mistakes.Add($"{shown} can be read by every user of this machine: chmod 600 {shown}, and make its tokens anew");
        var tokens = ImmutableArray.CreateBuilder<AccessToken>();
        Dictionary<string, int> lineOf = new(StringComparer.Ordinal);
        foreach (var (number, words) in Lines(path))
        {
            string place = $"{shown}:{number}";
            string[] wrong = [.. MistakesIn(words).Select(mistake => $"{place}: {mistake}")];
            mistakes.AddRange(wrong);
            if (wrong.Length > 0) continue;
            if (!lineOf.TryAdd(words[1], number)) mistakes.Add($"{place}: this is the token of line {lineOf[words[1]]}, too; {Fresh}");
            else
                tokens.Add(new(
                    words[0] == Policies.Operate ? AccessRole.Operate : AccessRole.Read,
                    words.Length > 2 ? words[2] : $"line {number}",
                    [.. AccessTokens.HashOf(words[1])]));
        }
        if (mistakes.Count == 0 && tokens.Count == 0) mistakes.Add($"{shown} has no token in it; {Form}, and {Fresh}");
        return mistakes.Count == 0 ? Checked<AccessTokens>.Right(new(tokens.ToImmutable())) : Checked<AccessTokens>.Wrong(mistakes);
    }

    private static IEnumerable<(int Number, string[] Words)> Lines(string path)
    {
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string[] words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0) yield return (number, words);
        }
    }

    private static IEnumerable<string> MistakesIn(string[] words)
    {
        // A word in its place may be a token: it is not shown.
        if (words[0] is not (Policies.Read or Policies.Operate)) yield return $"this begins with neither read nor operate; {Form}";
        if (words.Length < 2) yield return $"there is no token; {Fresh}";
        else if (words.Length > 3) yield return $"there are words after the name; {Form}";
        if (words.Length < 2) yield break;
        if (!words[1].All(IsOfToken)) yield return $"a token has letters, digits, '-' and '_' alone; {Fresh}";
        else if (words[1].Length is < AccessTokens.ShortestToken or > AccessTokens.LongestToken)
            yield return $"the token has {words[1].Length} characters, and {AccessTokens.ShortestToken} to {AccessTokens.LongestToken} are "
                + $"wanted; {Fresh}";
        else if (words[1].Distinct().Count() < FewestDifferent) yield return $"the token could be guessed; {Fresh}";
    }

    private static bool IsOfToken(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_';
}
