import type { Configuration } from '../../workspace/configuration.js';
import type { Service } from './service.js';

/** The services that run in threads of their own; each thread loads its own alone. */
export const services = {
  archive: async (configuration) => (await import('./archive-service.js')).archiveService(configuration),
  comparisons: async (configuration) => (await import('./compare-service.js')).compareService(configuration),
  instances: async (configuration) => (await import('./instance-service.js')).instanceService(configuration),
  reports: async (configuration) => (await import('./report-service.js')).reportService(configuration),
  rows: async (configuration) => (await import('./row-service.js')).rowService(configuration),
  labelSets: async (configuration) => (await import('./label-set-service.js')).labelSetService(configuration),
  loops: async (configuration) => (await import('./loop-service.js')).loopService(configuration),
  labels: async (configuration) => (await import('./label-service.js')).labelService(configuration),
} satisfies Record<string, (configuration: Configuration) => Promise<Service>>;

export type ServiceName = keyof typeof services;
