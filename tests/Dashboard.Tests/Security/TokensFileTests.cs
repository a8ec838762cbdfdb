using Sweeps.Dashboard.Security.Tokens;

namespace Sweeps.Dashboard.Tests.Security;

public sealed class TokensFileTests : IDisposable
{
    private readonly string path = Path.GetTempFileName(); // readable by its owner alone

    public void Dispose() => File.Delete(path);

    private Checked<AccessTokens> Read(string text)
    {
        File.WriteAllText(path, text);
        return TokensFile.Read(path);
    }

    [Fact]
    public void Its_tokens_are_found_with_their_roles_and_names()
    {
        string read = AccessTokens.Fresh(), operate = Convert.ToHexStringLower(AccessTokens.HashOf(read))[..32];
        var tokens = Read($"# the group\n\nread {read} the-group # since March\n  operate\t{operate}\n");
        Assert.Empty(tokens.Mistakes);
        Assert.Equal((AccessRole.Read, "the-group"), (tokens.Value!.Find(read)!.Role, tokens.Value.Find(read)!.Name));
        Assert.Equal((AccessRole.Operate, "line 4"), (tokens.Value.Find(operate)!.Role, tokens.Value.Find(operate)!.Name));
        Assert.Null(tokens.Value.Find(read[..^1]));
        Assert.Null(tokens.Value.Find(read + "x"));
        Assert.Null(tokens.Value.Find(""));
        Assert.Null(tokens.Value.Find(new('a', 1_000_000)));
    }

    [Fact]
    public void All_its_mistakes_are_told_at_once_with_their_lines_and_without_the_tokens()
    {
        string good = AccessTokens.Fresh();
        string[] lines =
        [
            "reed qN0mJ3vTz8Lr5Yc2Kp7Wd4Xs9Bf6Gh1Q", "read", "read qN0mJ3vTz8Lr", $"read {new('q', 40)}", "operate qN0mJ3vTz8Lr5Yc2Kp7Wd4Xs9Bf6Gh1%",
            $"read {good}", $"operate {good}", "read qN0mJ3vTz8Lr5Yc2Kp7Wd4Xs9Bf6Gh1Q the group",
        ];
        var mistakes = Read(string.Join('\n', lines)).Mistakes;
        Assert.Equal([1, 2, 3, 4, 5, 7, 8], mistakes.Select(mistake => int.Parse(mistake.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(mistakes, mistake => Assert.Contains(';', mistake));
        Assert.DoesNotContain(mistakes, mistake => mistake.Contains("qN0m", StringComparison.Ordinal) || mistake.Contains(good, StringComparison.Ordinal)
            || mistake.Contains("qqqq", StringComparison.Ordinal) || mistake.Contains("reed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_others_can_read_holds_no_secrets()
    {
        if (OperatingSystem.IsWindows()) return;
        File.WriteAllText(path, $"read {AccessTokens.Fresh()}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Contains("chmod 600", Assert.Single(TokensFile.Read(path).Mistakes), StringComparison.Ordinal);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Empty(TokensFile.Read(path).Mistakes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    public void A_file_without_tokens_opens_to_nobody(string text) =>
        Assert.Contains("has no token in it", Assert.Single(Read(text).Mistakes), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_a_mistake() =>
        Assert.Contains("there is no file", Assert.Single(TokensFile.Read(path + "-nowhere").Mistakes), StringComparison.Ordinal);

    [Fact]
    public void Fresh_tokens_are_all_different_and_fit_the_file()
    {
        string[] fresh = [.. Enumerable.Range(0, 100).Select(_ => AccessTokens.Fresh())];
        Assert.Equal(100, fresh.Distinct().Count());
        Assert.Empty(Read(string.Join('\n', fresh.Select(token => $"read {token}"))).Mistakes);
    }
}
