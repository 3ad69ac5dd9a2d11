import type { LocalDnsMode, LocalDnsOverride, NewerSetting, OverrideMap } from '../../model/profile.ts';
import type { SettingName } from './settings.ts';

/**
 * Where something stands in a file: an offset into its text, and a JSON path such as
 * `kubeDNSOverrides["."].serveStale`, or `$`.
 */
export interface Place {
  readonly offset: number;
  readonly path: string;
}

/** A setting as the file has it; `value` is undefined if it is wrong, which the reader has reported. */
export interface SettingDraft {
  readonly value: string | number | undefined;
  readonly place: Place;
}

/** What of `newerSettings` a zone has; a value that is wrong is left out, and has been reported. */
export interface NewerDraft {
  readonly value: Pick<LocalDnsOverride, NewerSetting>;
  readonly places: ReadonlyMap<NewerSetting, Place>;
}

export interface ZoneDraft {
  readonly name: string;
  /** Of its key. */
  readonly place: Place;
  readonly settings: ReadonlyMap<SettingName, SettingDraft>;
  readonly newer: NewerDraft;
}

export interface MapDraft {
  readonly map: OverrideMap;
  /** Of its key. */
  readonly place: Place;
  /**
   * Undefined if the value is no object, which the reader has reported. Zones that stand there twice are there
   * twice.
   */
  readonly zones: readonly ZoneDraft[] | undefined;
}

/** A profile as a file has it, with its places: what the rules judge. */
export interface ProfileDraft {
  readonly purpose: 'add' | 'update';
  readonly place: Place;
  readonly mode: LocalDnsMode | undefined;
  /** Of the mode's value; of the profile where there is none. */
  readonly modePlace: Place;
  readonly maps: readonly MapDraft[];
}
