namespace Sweeps.EndToEnd;

/// <summary>A temporary folder with specs and datasets, gone at the end of the test.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("sweeps-").FullName;

    public string this[string name] => Path.Combine(root, name);

    /// <summary>Writes a spec and returns its path.</summary>
    public string Spec(string name, string yaml)
    {
        File.WriteAllText(this[name], yaml);
        return this[name];
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
