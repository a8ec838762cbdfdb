namespace Sweeps.Silo.Settings;

/// <summary>A setting as somebody gave it.</summary>
/// <param name="Text">As written.</param>
/// <param name="Place">What mistakes begin with: <c>--grace</c>, <c>SWEEPS_GRACE</c>, <c>silo.yaml:3:8: grace</c>.</param>
/// <param name="Source">Where it came from: the first source that gives a setting rules.</param>
internal sealed record GivenSetting(string Text, string Place, SettingSource Source);

/// <summary>The sources of settings; earlier ones rule.</summary>
internal enum SettingSource
{
    CommandLine,
    Environment,
    File,
}
