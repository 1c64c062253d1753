using Azure.Data.Tables;

namespace Emargement.Functions.Platform.Storage;

public static class EntityValues
{
    /// <summary>Sets a property, or leaves it out when there is no value.</summary>
    public static void SetIfAny<T>(this TableEntity entity, string name, T? value)
    {
        if (value is not null)
        {
            entity[name] = value;
        }
    }
}
