namespace Sweeps.Dashboard.Security.Tokens;

/// <summary>What whoever holds a token may do; each includes those before it.</summary>
internal enum AccessRole
{
    /// <inheritdoc cref="Policies.Read"/>
    Read,

    /// <inheritdoc cref="Policies.Operate"/>
    Operate,
}

internal static class AccessRoles
{
    /// <summary>As in the tokens file, and as the policy that it fulfils is called.</summary>
    public static string Word(this AccessRole role) => role is AccessRole.Operate ? Policies.Operate : Policies.Read;
}
